namespace TsPmo.Sandbox.AzureDevOps.State;

/// <summary>A node of a project's area or iteration tree.</summary>
internal sealed class ClassificationNode(int id, Guid identifier, string name, string structure, ClassificationNode? parent)
{
    public int Id { get; } = id;

    public Guid Identifier { get; } = identifier;

    public string Name { get; set; } = name;

    /// <summary>"area" or "iteration".</summary>
    public string Structure { get; } = structure;

    public ClassificationNode? Parent { get; } = parent;

    public List<ClassificationNode> Children { get; } = [];

    /// <summary>First day at midnight UTC.</summary>
    public DateTimeOffset? Start { get; set; }

    /// <summary>Last working day at midnight UTC, inclusive.</summary>
    public DateTimeOffset? Finish { get; set; }

    /// <summary>The path as work items spell it: Project\Child.</summary>
    public string ItemPath => Parent is null ? Name : $@"{Parent.ItemPath}\{Name}";

    /// <summary>The path as the node itself spells it: \Project\Iteration\Child.</summary>
    public string NodePath => Parent is null
        ? $@"\{Name}\{(Structure == "area" ? "Area" : "Iteration")}"
        : $@"{Parent.NodePath}\{Name}";

    public IEnumerable<ClassificationNode> SelfAndDescendants() =>
        Children.SelectMany(child => child.SelfAndDescendants()).Prepend(this);
}
