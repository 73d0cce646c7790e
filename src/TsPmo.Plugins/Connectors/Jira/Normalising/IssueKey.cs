namespace TsPmo.Plugins.Connectors.Jira.Normalising;

/// <summary>The readable key of an issue.</summary>
internal static class IssueKey
{
    /// <summary>The project's key in it; null when it is no issue key.</summary>
    public static string? Project(string? key)
    {
        var dash = key?.LastIndexOf('-') ?? -1;
        return dash > 0 ? key?[..dash] : null;
    }
}
