namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>Kinds of records that travel from the connector to the normaliser.</summary>
internal static class RecordKinds
{
    /// <summary>A project's types, states and process configuration.</summary>
    public const string Project = "project";

    /// <summary>The organisation's fields.</summary>
    public const string Fields = "fields";

    /// <summary>A project's tree of iterations and which teams selected them.</summary>
    public const string Iterations = "iterations";

    /// <summary>An iteration that revisions name and no tree holds any more.</summary>
    public const string DeletedIteration = "deletedIteration";

    /// <summary>A team's capacity in one iteration.</summary>
    public const string Capacity = "capacity";

    /// <summary>One revision of an item.</summary>
    public const string Revision = "revision";

    /// <summary>One revision of an item in a project that is not bound: it counts only where the item is known.</summary>
    public const string ForeignRevision = "foreign-revision";

    /// <summary>The relations of an item as they stand.</summary>
    public const string Relations = "relations";

    /// <summary>A link between two items, made or undone.</summary>
    public const string Link = "link";

    /// <summary>A finished pipeline run, or the running one behind a deployment.</summary>
    public const string Build = "build";

    /// <summary>One job of a stage that deployed to an environment.</summary>
    public const string Job = "job";

    /// <summary>What a run brought.</summary>
    public const string RunContent = "runContent";

    /// <summary>What the tests of a run said.</summary>
    public const string RunQuality = "runQuality";

    /// <summary>A completed pull request.</summary>
    public const string PullRequest = "pullRequest";

    /// <summary>One attempt of a classic release deployment.</summary>
    public const string Release = "release";
}
