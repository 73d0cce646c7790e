using TsPmo.Model;

namespace TsPmo.Engine.Reporting;

/// <summary>Why somebody is not shown figures about persons.</summary>
public static class PersonsHidden
{
    /// <summary>Code of the problem.</summary>
    public const string Code = "persons-hidden";

    internal static Problem Of(string scope) => new(Code, "These are figures about persons, which readers are not shown.", "Ask somebody who has the operator's role.") { Scope = scope };
}
