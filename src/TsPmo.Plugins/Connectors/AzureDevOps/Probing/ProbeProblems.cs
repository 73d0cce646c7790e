using System.Globalization;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Probing;

/// <summary>What a probe finds wrong, in the administrator's words.</summary>
internal sealed class ProbeProblems(string connector, AzureDevOpsClient client)
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(5);

    public Problem Anonymous() => new(
        "authentication-failed",
        $"Connector '{connector}' is answered by {client.Base} as an anonymous caller.",
        $"Check TsPmo:Connectors:{connector}:Auth: Basic with a personal access token of this organisation, Bearer with an Entra ID token, or ClientCredentials with a service principal that is a user of the organisation.");

    public Problem AddressTooLong(string surplus) => new(
        "address-too-long",
        $"The address of connector '{connector}' names '{surplus}' besides the organisation.",
        $"Leave it out of TsPmo:Connectors:{connector}:BaseUrl. Projects are named in TsPmo:Connectors:{connector}:Projects.");

    /// <summary>Null when the clocks agree well enough.</summary>
    public Problem? Skewed(TimeSpan skew) => skew.Duration() <= Tolerated ? null : new(
        "clock-skew",
        string.Create(CultureInfo.InvariantCulture, $"The clock of connector '{connector}' is {skew.Duration().TotalMinutes:0.#} min {(skew > TimeSpan.Zero ? "ahead of" : "behind")} ours. Ages and days may be off by as much."),
        "Let the clocks of this machine and of the tracker be set by a time server.");

    public Problem NoItems(string project) => new(
        "no-items-visible",
        $"Connector '{connector}' sees project '{project}' and no work item in it.",
        "If the project is not simply empty, give the account \"View work items in this node\" on its areas: what it may not see is left out without a refusal.") { Scope = project };

    /// <summary>A refused read; null where the server does not offer what was asked.</summary>
    public Problem? Refused(TrackerException failure, ProjectRead read, string project) => failure.Status switch
    {
        401 or 403 => new(
            "permission-missing",
            $"Connector '{connector}' may not read {read.What} of project '{project}'.",
            $"Give the token the scope {read.Scope}; if it has that, its account lacks the right in the project.") { Scope = project },
        404 => ReadingScope.IsNoSuchProject(failure) ? ReadingScope.Lost(failure, project).Problem : null,
        _ => failure.Problem,
    };

    public Problem MayNotWrite(TrackerException failure, ProbePublication publication) => failure.Status is 401 or 403
        ? new(
            "permission-missing",
            $"Connector '{connector}' may not write publication '{publication.Id}' on {publication.Anchor}.",
            "Give the token the scope Work Items (read & write), and its account \"Edit work items in this node\" on the item's area.") { Scope = publication.Id }
        : failure.Problem;
}
