namespace TsPmo.Plugins.Connectors.Jira.Normalising;

/// <summary>Our words for the shapes of records.</summary>
internal static class RecordKinds
{
    /// <summary>The fields that may play a role.</summary>
    public const string Fields = "fields";

    /// <summary>How the boards of one project estimate.</summary>
    public const string Estimation = "estimation";

    /// <summary>Types of a service desk's issues, and which of them its requests for incidents are made of.</summary>
    public const string ServiceDeskTypes = "service-desk-types";

    public const string Status = "status";
    public const string Type = "type";
    public const string Version = "version";

    /// <summary>Which versions a project has.</summary>
    public const string VersionsOfProject = "versions-of-project";

    public const string Sprint = "sprint";
    public const string Issue = "issue";

    /// <summary>An issue's links to addresses, asked for without the issue.</summary>
    public const string RemoteLinks = "remote-links";

    public const string Person = "person";
    public const string Worklog = "worklog";
    public const string WorklogRemoved = "worklog-removed";
}
