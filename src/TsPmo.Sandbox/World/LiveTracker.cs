using System.Globalization;

namespace TsPmo.Sandbox.World;

/// <summary>Everything a tracker holds after the acts so far: what rounds choose from and where the truth's <c>from</c> values come from.</summary>
internal sealed class LiveTracker
{
    private readonly Dictionary<string, LiveItem> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _idByKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _lastNumber = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ChangeSpec> _changes = new(StringComparer.Ordinal);

    public List<LiveItem> Items { get; } = [];

    public Dictionary<string, ProjectSpec> Projects { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SprintSpec> Sprints { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, VersionSpec> Versions { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, PersonSpec> People { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, LoggedWork> Work { get; } = new(StringComparer.Ordinal);

    public HashSet<LinkSpec> Links { get; } = [];

    public List<DeploymentSpec> Deployments { get; } = [];

    public LiveItem this[string id] => _items[id];

    /// <summary>Gives the status its new name in every workflow and in every item that has it, and tells the projects concerned.</summary>
    public IReadOnlyList<ProjectSpec> RenameStatus(string from, string to)
    {
        TypeSpec Renamed(TypeSpec type) => type with { Workflow = [.. type.Workflow.Select(s => s.Name == from ? s with { Name = to } : s)] };
        var concerned = Projects.Values.Where(p => p.Types.Any(t => t.Workflow.Any(s => s.Name == from))).ToList();
        foreach (var project in concerned) Projects[project.Key] = project with { Types = [.. project.Types.Select(Renamed)] };
        foreach (var item in Items)
        {
            if (item.Spec.Status == from) item.Spec = item.Spec with { Status = to };
            item.Type = Type(item.Spec.Project, item.Spec.Type);
        }

        return [.. concerned.Select(p => Projects[p.Key])];
    }

    /// <summary>The change behind a deployment's revision, the same for every deployment of it.</summary>
    public ChangeSpec ChangeOf(DeploymentSpec deployment)
    {
        if (!_changes.TryGetValue(deployment.Revision, out var change))
        {
            var items = Items.Where(i => i.Spec.Project == deployment.Project && !i.Deleted).Select(i => i.Id).ToList();
            _changes[deployment.Revision] = change = ChangeSpec.Of(deployment.Revision, deployment.FirstStartedAt, items);
        }

        return change;
    }

    public TypeSpec Type(string project, string type) => Projects[project].Types.First(t => t.Name == type);

    /// <summary>The id behind a key, also one that an item had before it moved.</summary>
    public string? IdOf(string keyOrId) => _idByKey.TryGetValue(keyOrId, out var id) ? id : _items.ContainsKey(keyOrId) ? keyOrId : null;

    public void Add(LiveItem item)
    {
        Items.Add(item);
        _items.Add(item.Id, item);
        Name(item, item.Key);
        Adopt(item.Spec.Parent, 1);
    }

    public void Adopt(string? parent, int children)
    {
        if (parent is not null) _items[parent].Children += children;
    }

    /// <summary>Gives an item that moved the next key of its new project, where keys carry the project.</summary>
    public void Rekey(LiveItem item, string project)
    {
        if (item.Key == item.Id) return;
        var next = _lastNumber.GetValueOrDefault(project) + 1;
        Name(item, string.Create(CultureInfo.InvariantCulture, $"{project}-{next}"));
    }

    private void Name(LiveItem item, string key)
    {
        item.Key = key;
        _idByKey[key] = item.Id;
        var dash = key.LastIndexOf('-');
        if (dash > 0 && long.TryParse(key.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) _lastNumber[key[..dash]] = number;
    }
}

/// <summary>Hours logged on an item.</summary>
internal sealed record LoggedWork(string Item, string Author, double Hours);
