using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Jira.State;

/// <summary>What a site shares between its projects: statuses, types, priorities, resolutions and link types, each with a lasting number.</summary>
internal sealed class JiraCatalogue
{
    private static readonly string[] _linkKinds = ["blocks", "relates", "duplicates", "caused-by"];

    private readonly List<JiraStatus> _statuses = [];
    private readonly List<JiraIssueType> _types = [];
    private readonly List<JiraOption> _priorities = [new(1, "Highest"), new(2, "High"), new(3, "Medium"), new(4, "Low"), new(5, "Lowest")];
    private readonly List<JiraOption> _resolutions = [new(10000, "Done"), new(10001, "Won't Do"), new(10002, "Duplicate"), new(10003, "Cannot Reproduce")];

    public IReadOnlyList<JiraStatus> Statuses => _statuses;
    public IReadOnlyList<JiraIssueType> Types => _types;
    public IReadOnlyList<JiraOption> Priorities => _priorities;
    public IReadOnlyList<JiraOption> Resolutions => _resolutions;

    public IReadOnlyList<JiraLinkType> LinkTypes { get; } =
    [
        new(10000, "Blocks", "is blocked by", "blocks"),
        new(10003, "Relates", "relates to", "relates to"),
        new(10002, "Duplicate", "is duplicated by", "duplicates"),
        new(10004, "Problem/Incident", "is caused by", "causes"),
    ];

    /// <summary>The status of this name, in the whole site or in one project alone; the first project that brings it decides its category.</summary>
    public JiraStatus Status(string name, TruthState state, JiraProject? scope = null) =>
        _statuses.Find(s => s.Scope == scope && Same(s.Name, name)) ?? Added(_statuses, new JiraStatus(10000 + _statuses.Count, name, state, scope));

    public void RenameStatus(string from, string to)
    {
        if (_statuses.Exists(s => Same(s.Name, to)))
            throw new ArgumentException($"There is a status '{to}' already.", nameof(to));
        var statuses = _statuses.FindAll(s => Same(s.Name, from));
        if (statuses.Count == 0)
            throw new ArgumentException($"No workflow of this Jira has the status '{from}'.", nameof(from));
        statuses.ForEach(s => s.Name = to);
    }

    /// <summary>The type of this name, in the whole site or in one project alone.</summary>
    public JiraIssueType Type(string name, string kind, JiraProject? scope = null) =>
        _types.Find(t => t.Scope == scope && Same(t.Name, name)) ?? Added(_types, new JiraIssueType(10000 + _types.Count, name, kind, scope));

    public JiraOption Priority(string name) =>
        _priorities.Find(p => Same(p.Name, name)) ?? Added(_priorities, new JiraOption(10000 + _priorities.Count, name));

    public JiraOption Resolution(string name) =>
        _resolutions.Find(r => Same(r.Name, name)) ?? Added(_resolutions, new JiraOption(10000 + _resolutions.Count, name));

    /// <summary>The link type of a kind, and whether the link runs against the words: "A is caused by B" is stored as B causes A.</summary>
    public (JiraLinkType Type, bool Reversed) Link(string kind)
    {
        var index = Array.IndexOf(_linkKinds, kind);
        return index < 0
            ? throw new ArgumentException($"Jira has no link kind '{kind}'.", nameof(kind))
            : (LinkTypes[index], kind == "caused-by");
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static T Added<T>(List<T> list, T item)
    {
        list.Add(item);
        return item;
    }
}
