using TsPmo.Sandbox.AzureDevOps.State;

namespace TsPmo.Sandbox.AzureDevOps;

/// <summary>The whole state of the organisation. Whoever reads or writes it holds <see cref="Gate"/>.</summary>
internal sealed class AzureDevOpsOrganisation
{
    private readonly Dictionary<int, WorkItem> _items = [];
    private readonly Dictionary<string, Identity> _people = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Guid, ClassificationNode> _nodes = [];
    private int _lastItem, _lastNode, _lastRelation, _lastComment, _lastPage;

    public Lock Gate { get; } = new();

    public List<TeamProject> Projects { get; } = [];

    public RevisionLog Log { get; } = new();

    public DeliveryBook Delivery { get; } = new();

    public AzureDevOpsSwitches Switches { get; set; } = new();

    public ApiDialect Dialect => ApiDialect.Of(Switches.Edition);

    /// <summary>Work items by rising id, deleted and hidden ones included.</summary>
    public IReadOnlyCollection<WorkItem> Items => _items.Values;

    public Identity AddPerson(string displayName, string email)
    {
        var identity = Identity.Create(displayName, email);
        _people[identity.UniqueName] = identity;
        return identity;
    }

    public Identity Person(string account) =>
        FindPerson(account) ?? throw new ArgumentException($"Nobody is registered as \"{account}\".", nameof(account));

    /// <summary>Finds a person by unique name, by "Name &lt;mail&gt;" or, if it is unambiguous, by display name.</summary>
    public Identity? FindPerson(string text)
    {
        var open = text.LastIndexOf('<');
        var unique = open >= 0 ? text[(open + 1)..].TrimEnd('>', ' ') : text.Trim();
        if (_people.TryGetValue(unique, out var identity))
            return identity;
        var named = _people.Values.Where(person => person.DisplayName.Equals(unique, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        return named.Count == 1 ? named[0] : null;
    }

    public TeamProject Project(string idOrName) =>
        FindProject(idOrName) ?? throw new ArgumentException($"There is no project \"{idOrName}\".", nameof(idOrName));

    /// <summary>The projects that the token may see.</summary>
    public IEnumerable<TeamProject> SeenProjects => Projects.Where(project => !IsGone(project.Name));

    public TeamProject? FindProject(string idOrName) => Projects.Find(project => project.Is(idOrName));

    public WorkItem NewItem()
    {
        var item = new WorkItem(++_lastItem);
        _items[item.Id] = item;
        return item;
    }

    public WorkItem Item(int id) => FindItem(id) ?? throw new ArgumentException($"There is no work item {id}.", nameof(id));

    public WorkItem? FindItem(int id) => _items.GetValueOrDefault(id);

    /// <summary>Whether the token may see the item: it exists, and its area is not shut off.</summary>
    public bool Shows(WorkItem item) => !item.Destroyed && !item.Hidden && !IsGone(item.Project) && (Switches.HiddenAreas.Count == 0 || !Switches.HiddenAreas.Any(area => IsIn(item.Latest.Text(FieldNames.AreaPath), area)));

    /// <summary>Forgets an item without trace; those it was related to lose the relation without a revision of their own.</summary>
    public void Destroy(WorkItem item)
    {
        item.Destroyed = true;
        _items.Remove(item.Id);
        if (item.Revisions.Count == 0)
            return;
        foreach (var other in item.Latest.Relations.Select(relation => relation.Target is { } target ? FindItem(target) : null).OfType<WorkItem>())
            other.Latest.Relations = [.. other.Latest.Relations.Where(relation => relation.Target != item.Id)];
    }

    public ClassificationNode NewNode(string project, string name, string structure, ClassificationNode? parent)
    {
        var path = parent is null ? name : $@"{parent.ItemPath}\{name}";
        var node = new ClassificationNode(++_lastNode, StableGuid.Of(structure, $"{project}:{path}:{_lastNode}"), name, structure, parent);
        parent?.Children.Add(node);
        _nodes[node.Identifier] = node;
        return node;
    }

    public ClassificationNode? Node(Guid identifier) => _nodes.GetValueOrDefault(identifier);

    /// <summary>The node that a work item's path names, or null.</summary>
    public ClassificationNode? Node(string structure, string itemPath)
    {
        var project = FindProject(itemPath.Split('\\')[0]);
        var root = structure == "area" ? project?.Areas : project?.Iterations;
        return root?.SelfAndDescendants().FirstOrDefault(node => node.ItemPath.Equals(itemPath.TrimEnd('\\'), StringComparison.OrdinalIgnoreCase));
    }

    public int NextRelationId() => ++_lastRelation;

    public int NextCommentId() => ++_lastComment;

    public int NextPageId() => ++_lastPage;

    public StateDefinition StateOf(IReadOnlyDictionary<string, object> fields) =>
        StateOf(Text(fields, FieldNames.TeamProject), Text(fields, FieldNames.WorkItemType), Text(fields, FieldNames.State));

    public StateDefinition StateOf(ItemDraft draft) =>
        StateOf(draft.Text(FieldNames.TeamProject), draft.Text(FieldNames.WorkItemType), draft.Text(FieldNames.State));

    private StateDefinition StateOf(string project, string type, string state) =>
        FindProject(project)?.Type(type)?.State(state)
        ?? throw new ArgumentException($"\"{state}\" is no state of \"{type}\" in project \"{project}\".", nameof(state));

    private bool IsGone(string project) => Switches.GoneProjects.Contains(project, StringComparer.OrdinalIgnoreCase);

    private static bool IsIn(string path, string area) =>
        path.Equals(area, StringComparison.OrdinalIgnoreCase) || path.StartsWith(area + '\\', StringComparison.OrdinalIgnoreCase);

    private static string Text(IReadOnlyDictionary<string, object> fields, string name) => fields.GetValueOrDefault(name) as string ?? string.Empty;
}
