using System.Collections.Frozen;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.DataQuality;
using TsPmo.Model.Facts;
using TsPmo.Model.Governance;
using TsPmo.Model.Work;

namespace TsPmo.Engine.History;

/// <summary>
/// What one connector's raw words mean, from what the tracker told and what the administrator mapped. The more specific definition wins (project and type, then project,
/// then type, then everywhere), a status or type is found by its id before its name, and the mapping wins over all. What was renamed is mapped by the name it has now, since that is
/// the one the administrator sees. A status that nothing defines has not begun; a type that nothing defines is Other.
/// </summary>
internal sealed class Vocabulary
{
    private static readonly StringComparer Ignoring = StringComparer.OrdinalIgnoreCase;

    private readonly FieldMapping _mapping;
    private readonly Dictionary<string, State> _states = new(Ignoring);
    private readonly Dictionary<string, State> _mappedStates;
    private readonly CurrentNames _statusNames = new();
    private readonly CurrentNames _typeNames = new();
    private readonly Dictionary<string, WorkItemKind> _types = new(Ignoring);
    private readonly Dictionary<string, WorkItemKind> _mappedTypes;
    private readonly HashSet<string> _removed;
    private readonly HashSet<string> _blocked;
    private readonly HashSet<string> _waiting;
    private readonly List<FieldRoleRow> _roles;
    private readonly HashSet<string> _unmapped = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Project, string Role), IReadOnlyList<string>> _fields = [];

    /// <summary>Raw fields from which the state follows.</summary>
    public static IReadOnlySet<string> StateFields { get; } = FrozenSet.Create(StringComparer.Ordinal, RawFields.Status, RawFields.Resolution, RawFields.Type, RawFields.Project);

    /// <summary>Raw fields from which the kind follows.</summary>
    public static IReadOnlySet<string> KindFields { get; } = FrozenSet.Create(StringComparer.Ordinal, RawFields.Type, RawFields.Project);

    /// <summary>Raw fields from which it follows whether an item stands still.</summary>
    public static IReadOnlySet<string> StandingFields { get; } = FrozenSet.Create(StringComparer.Ordinal, RawFields.Blocked, RawFields.Status, RawFields.Project);

    public Vocabulary(FieldMapping mapping, IEnumerable<StateRow> states, IEnumerable<TypeRow> types, IEnumerable<FieldRoleRow> roles)
    {
        _mapping = mapping;
        _mappedStates = new(mapping.States, Ignoring);
        _mappedTypes = new(mapping.Types, Ignoring);
        _removed = new(mapping.Removed, Ignoring);
        _blocked = new(mapping.Blocked, Ignoring);
        _waiting = new(mapping.Waiting, Ignoring);
        _roles = [.. roles.OrderBy(r => r.Rank).ThenBy(r => r.FieldId, StringComparer.Ordinal)];
        foreach (var state in states.OrderBy(s => s.StatusKey, StringComparer.Ordinal))
        {
            _states[Key(state.Project, state.Type, state.StatusKey)] = state.State;
            _states.TryAdd(Key(state.Project, state.Type, state.Status), state.State);
            _statusNames.Add(state.Project, state.StatusId, state.Status);
        }

        foreach (var type in types.OrderBy(t => t.TypeKey, StringComparer.Ordinal))
        {
            _types[Key(type.Project, type.TypeKey)] = type.Kind;
            _types.TryAdd(Key(type.Project, type.SourceType), type.Kind);
            _typeNames.Add(type.Project, type.TypeId, type.SourceType);
        }
    }

    /// <summary>Raw fields from which the points follow.</summary>
    public IReadOnlySet<string> PointsFields => field ??= Watched(FieldRole.Roles.Points);

    /// <summary>Raw fields from which the planned start follows.</summary>
    public IReadOnlySet<string> StartFields => field ??= Watched(FieldRole.Roles.Start);

    /// <summary>Raw fields from which the planned finish follows.</summary>
    public IReadOnlySet<string> FinishFields => field ??= Watched(FieldRole.Roles.Finish);

    /// <summary>Names of statuses met so far that nothing defines.</summary>
    public IReadOnlySet<string> UnmappedStatuses => _unmapped;

    /// <summary>Fields of one name between which nothing decides, be it that the tracker offers or that the mapping names them, where nothing else plays their role.</summary>
    public IReadOnlyList<AmbiguousField> AmbiguousFields =>
    [
        .. _roles.Where(r => Mapping(r.Role) is { } mapped ? Named(r.Project, r.Role, mapped).Contains(r) : r.Rank == FieldRole.Ambiguous)
            .Where(r => Fields(r.Project, r.Role).Count == 0).Select(r => new AmbiguousField(r.Project, r.Role, r.FieldName)).Distinct(),
    ];

    /// <summary>The status as it is called now.</summary>
    public string? StatusNameOf(RawValues values) => _statusNames.Of(ProjectOf(values), values[RawFields.Status]);

    /// <summary>The type as it is called now.</summary>
    public string? TypeNameOf(RawValues values) => _typeNames.Of(ProjectOf(values), values[RawFields.Type]);

    public State StateOf(RawValues values)
    {
        var (status, resolution) = (values[RawFields.Status] with { Text = StatusNameOf(values) }, values[RawFields.Resolution]);
        var isMapped = _mappedStates.TryGetValue(status.Text ?? "", out var state);
        if (!isMapped)
            state = Defined(ProjectOf(values), values[RawFields.Type], status);
        if (state != State.Done)
            return state;
        // A status the administrator mapped to Done is meant to be Done, whatever its name; how the item was resolved still counts.
        return Means(_removed, resolution) || (!isMapped && Means(_removed, status)) ? State.Removed : state;
    }

    public WorkItemKind KindOf(RawValues values)
    {
        var (project, type) = (ProjectOf(values), values[RawFields.Type] with { Text = TypeNameOf(values) });
        if (_mappedTypes.TryGetValue(type.Text ?? "", out var mapped))
            return mapped;
        foreach (var scope in Scopes(project))
        {
            foreach (var name in Names(type))
            {
                if (_types.TryGetValue(Key(scope, name), out var kind))
                    return kind;
            }
        }

        return WorkItemKind.Other;
    }

    public bool IsBlocked(RawValues values) => values[RawFields.Blocked].AsFlag() || (StatusNameOf(values) is { } status && _blocked.Contains(status));

    /// <summary>Whether it was said which statuses mean standing still; without that nobody can tell waiting from working.</summary>
    public bool KnowsWaiting => _waiting.Count + _blocked.Count > 0;

    public bool IsWaiting(RawValues values) => IsBlocked(values) || (StatusNameOf(values) is { } status && _waiting.Contains(status));

    public decimal? PointsOf(RawValues values) => First(values, FieldRole.Roles.Points).AsNumber();

    public DateOnly? StartOf(RawValues values) => First(values, FieldRole.Roles.Start).AsDate();

    public DateOnly? FinishOf(RawValues values) => First(values, FieldRole.Roles.Finish).AsDate();

    private static string ProjectOf(RawValues values) => values[RawFields.Project].Text ?? "";

    private static bool Means(HashSet<string> names, RawValue value) => value.Text is { } text && names.Contains(text);

    private State Defined(string project, RawValue type, RawValue status)
    {
        foreach (var scope in Scopes(project))
        {
            foreach (var typeName in Names(type).Append(""))
            {
                foreach (var name in Names(status))
                {
                    if (_states.TryGetValue(Key(scope, typeName, name), out var state))
                        return state;
                }
            }
        }

        if (status.Text is { } unknown)
            _unmapped.Add(unknown);
        return State.ToDo;
    }

    private static string[] Scopes(string project) => project.Length == 0 ? [""] : [project, ""];

    private static IEnumerable<string> Names(RawValue value)
    {
        if (value.Id is { } id)
            yield return id;
        if (value.Text is { } text)
            yield return text;
    }

    private RawValue First(RawValues values, string role)
    {
        foreach (var field in Fields(ProjectOf(values), role))
        {
            if (values[field] is { IsNone: false } value)
                return value;
        }

        return RawValue.None;
    }

    /// <summary>Raw names of the fields that play a role in a project, the first to be tried first.</summary>
    private IReadOnlyList<string> Fields(string project, string role)
    {
        if (!_fields.TryGetValue((project, role), out var fields))
            _fields[(project, role)] = fields = Mapping(role) is { } mapped ? Mapped(project, role, mapped) : Chosen(project, role);
        return fields;
    }

    /// <summary>The field that the administrator gave a role; null for none.</summary>
    private string? Mapping(string role) => role switch
    {
        FieldRole.Roles.Points => _mapping.Points,
        FieldRole.Roles.Start => _mapping.Start,
        _ => _mapping.Finish,
    };

    /// <summary>Everything that may play a role in some project, and the project, which decides.</summary>
    private FrozenSet<string> Watched(string role)
    {
        IEnumerable<string> mapped = Mapping(role) is { } name ? [RawFields.Custom(name)] : [];
        return Raw(_roles.Where(r => r.Role == role)).Concat(mapped).Append(RawFields.Project).ToFrozenSet(StringComparer.Ordinal);
    }

    private string[] Chosen(string project, string role)
    {
        var own = Own(project, role).ToList();
        return Raw(own.Count > 0 ? own : Own("", role));
    }

    /// <summary>
    /// The field that the mapping names: by its id, or by a name that it alone bears. Of several of one name it is the one that the project's boards use; where they do not tell
    /// either, it is none, since a guess would give wrong sizes without a word.
    /// </summary>
    private string[] Mapped(string project, string role, string mapped)
    {
        var named = Raw(Named(project, role, mapped));
        return named.Length switch
        {
            0 => [RawFields.Custom(mapped)],
            1 => named,
            _ => named.Intersect(Raw(Own(project, role)), StringComparer.Ordinal).ToArray() is [var one] ? [one] : [],
        };
    }

    private List<FieldRoleRow> Named(string project, string role, string mapped)
    {
        var all = _roles.Where(r => r.Role == role && Ignoring.Equals(r.FieldId, mapped)).ToList();
        if (all.Count == 0)
            all = [.. _roles.Where(r => r.Role == role && Ignoring.Equals(r.FieldName, mapped))];
        var here = all.Where(r => r.Project.Length == 0 || Ignoring.Equals(r.Project, project)).ToList();
        return here.Count > 0 ? here : all;
    }

    /// <summary>What is chosen for a project by itself.</summary>
    private IEnumerable<FieldRoleRow> Own(string project, string role) => _roles.Where(r => r.Role == role && r.Rank >= 0 && Ignoring.Equals(r.Project, project));

    private static string[] Raw(IEnumerable<FieldRoleRow> roles) => [.. roles.Select(r => RawFields.Custom(r.FieldId)).Distinct(StringComparer.Ordinal)];

    private static string Key(params ReadOnlySpan<string> parts) => string.Join('\n', parts);
}
