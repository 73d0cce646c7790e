using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Answers;

/// <summary>A field of issues: how the field list describes it and how an issue's value is written.</summary>
internal sealed record IssueField(string Id, string Name, FieldSchema Schema, Action<AnswerWriter, JiraIssue> Write)
{
    /// <summary>The team-managed project the field belongs to; null for a field of the whole site.</summary>
    public JiraProject? Scope { get; init; }

    public bool Navigable { get; init; } = true;

    /// <summary>What an edit may do with it; empty where it cannot be edited directly.</summary>
    public IReadOnlyList<string> Operations { get; init; } = [];

    /// <summary>Whether its value means nothing to the stand-in, and is only kept.</summary>
    public bool IsFree { get; init; }

    /// <summary>The values that can be chosen, where it is a choice.</summary>
    public IReadOnlyList<JiraOption> Options { get; init; } = [];

    public IReadOnlyList<string> ClauseNames => Schema.CustomId is { } number ? [$"cf[{AnswerWriter.Text(number)}]", Name] : [Id];
}

/// <summary>The type of a field; Custom is the only name by which a custom field can be found for certain.</summary>
internal sealed record FieldSchema(string Type, string? Items = null, string? System = null, string? Custom = null, int? CustomId = null)
{
    public void WriteTo(AnswerWriter writer) => writer.Object(() =>
    {
        var json = writer.Json;
        json.WriteString("type", Type);
        if (Items is not null)
            json.WriteString("items", Items);
        if (System is not null)
            json.WriteString("system", System);
        if (Custom is not null)
            json.WriteString("custom", Custom);
        if (CustomId is { } id)
            json.WriteNumber("customId", id);
    });
}
