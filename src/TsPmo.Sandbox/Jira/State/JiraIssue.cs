using System.Globalization;
using System.Text.Json.Nodes;

namespace TsPmo.Sandbox.Jira.State;

/// <summary>An issue as it stands now, with its whole history. The id never changes; the key does when the issue moves to another project.</summary>
internal sealed class JiraIssue(int id, JiraProject project, JiraUser creator, DateTimeOffset created)
{
    public int Id { get; } = id;
    public string IdText { get; } = id.ToString(CultureInfo.InvariantCulture);
    public string Key { get; set; } = project.NextKey();
    public JiraProject Project { get; set; } = project;
    public JiraUser Creator { get; } = creator;
    public JiraUser Reporter { get; set; } = creator;
    public DateTimeOffset Created { get; } = created;
    public DateTimeOffset Updated { get; set; } = created;
    /// <summary>An earlier last update, for a search that does not know the latest one yet.</summary>
    public DateTimeOffset UpdatedBefore { get; set; } = created;
    public DateTimeOffset StatusCategoryChanged { get; set; } = created;

    public required JiraIssueType Type { get; set; }
    public required JiraStatus Status { get; set; }
    public string Summary { get; set; } = "";
    public JsonNode? Description { get; set; }
    public JiraOption? Resolution { get; set; }
    public DateTimeOffset? ResolutionDate { get; set; }
    public JiraOption? Priority { get; set; }
    public JiraUser? Assignee { get; set; }
    public DateOnly? DueDate { get; set; }
    public DateOnly? StartDate { get; set; }
    public double? Points { get; set; }
    public int? EstimateSeconds { get; set; }
    public int? RemainingSeconds { get; set; }
    /// <summary>Whether the caller may not see it: it is then as if it did not exist.</summary>
    public bool Hidden { get; set; }
    public bool Flagged { get; set; }
    public JiraIssue? Parent { get; set; }

    public List<JiraIssue> Children { get; } = [];
    public IReadOnlyList<JiraSprint> Sprints { get; set; } = [];
    public IReadOnlyList<JiraVersion> FixVersions { get; set; } = [];
    public IReadOnlyList<string> Labels { get; set; } = [];
    public List<History> Histories { get; } = [];
    public List<JiraWorklog> Worklogs { get; } = [];
    public List<JiraLink> Links { get; } = [];
    public List<JiraComment> Comments { get; } = [];
    public List<JiraRemoteLink> RemoteLinks { get; } = [];
    public Dictionary<string, string> Properties { get; } = [];
    /// <summary>Values of the fields that mean nothing to Jira, by the field's id.</summary>
    public Dictionary<string, JsonNode> Free { get; } = [];

    /// <summary>Null until work is logged for the first time; 0 when all of it was deleted again.</summary>
    public int? SpentSeconds { get; set; }

    /// <summary>The epic above the issue, through its parent where the issue is a sub-task.</summary>
    public JiraIssue? Epic => Parent?.Type.Kind == "Epic" ? Parent : null;
}

internal sealed class JiraComment(int id, JiraUser author, DateTimeOffset created)
{
    public int Id { get; } = id;
    public JiraUser Author { get; } = author;
    public DateTimeOffset Created { get; } = created;
    public required JsonNode Body { get; set; }
    public required JiraUser UpdateAuthor { get; set; }
    public required DateTimeOffset Updated { get; set; }
    public JsonObject? Visibility { get; set; }
    public Dictionary<string, string> Properties { get; } = [];
    /// <summary>Values of the fields that mean nothing to Jira, by the field's id.</summary>
    public Dictionary<string, JsonNode> Free { get; } = [];

    /// <summary>Whether the customers of a service desk see it.</summary>
    public bool IsPublic => !Properties.GetValueOrDefault("sd.public.comment", "").Contains("true", StringComparison.Ordinal);
}

/// <summary>A link from an issue to an address outside; the global id names it across edits.</summary>
internal sealed class JiraRemoteLink(int id, string? globalId)
{
    public int Id { get; } = id;
    public string? GlobalId { get; set; } = globalId;
    public JsonNode? Application { get; set; }
    public string? Relationship { get; set; }
    public required JsonObject Target { get; set; }
    public string? Title => (string?)Target["title"];
    public string? Url => (string?)Target["url"];
}
