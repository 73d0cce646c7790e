namespace TsPmo.Sandbox.Jira.Answers;

/// <summary>How much of each issue an answer tells.</summary>
internal sealed record IssueShape(IReadOnlyList<IssueField> Fields)
{
    public bool IdOnly { get; init; }
    public bool Changelog { get; init; }
    public bool Names { get; init; }
    public bool Schema { get; init; }

    /// <summary>Whether the answer is one of the agile API's, which adds names of its own.</summary>
    public bool Agile { get; init; }
    public IReadOnlyList<string> Properties { get; init; } = [];

    /// <summary>Reads the choice of fields and the expansions of a request.</summary>
    public static IssueShape Of(IssueFields fields, IReadOnlyList<string> names, IReadOnlyList<string> expand, IReadOnlyList<string>? properties = null) =>
        new(fields.Choose(names))
        {
            IdOnly = names is ["id"] && !expand.Contains("changelog") && properties is not { Count: > 0 },
            Changelog = expand.Contains("changelog"),
            Names = expand.Contains("names"),
            Schema = expand.Contains("schema"),
            Properties = properties ?? [],
        };
}
