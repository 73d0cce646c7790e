using System.Text.Json;
using TsPmo.Model.Facts;

namespace TsPmo.Plugins.Connectors.Jira.Wire;

/// <summary>A field whose meaning the mapping may choose.</summary>
/// <param name="Id">Its id ("customfield_10016", "duedate").</param>
/// <param name="Name">Its name as people see it.</param>
/// <param name="Rank">Order of choice when nothing is mapped; negative: not chosen.</param>
/// <param name="Role">The role it may play.</param>
internal sealed record CandidateField(string Id, string Name, int Rank, string Role)
{
    /// <summary>Id of the team-managed project that alone has the field; null: every project may have it.</summary>
    public string? ProjectId { get; init; }
}

/// <summary>Fields of one name that would all be chosen for one role. None is, since nothing decides between them.</summary>
internal sealed record AmbiguousFields(string Role, string Name, IReadOnlyList<string> Ids);

/// <summary>The fields of one site that matter to us, found by their schema and never by a localised name.</summary>
internal sealed class FieldCatalogue
{
    private static readonly Func<string, bool> Any = _ => true;

    private readonly IReadOnlyList<PlacedField> _placed;
    private readonly Dictionary<string, HashSet<string>> _idsByName = new(StringComparer.OrdinalIgnoreCase);

    private FieldCatalogue(IReadOnlyList<PlacedField> placed, Func<string, bool> isOurs)
    {
        _placed = placed;
        var candidates = placed.SelectMany(f => f.Candidates).Where(c => c.ProjectId is not { } project || isOurs(project))
            .Prepend(new("duedate", "Due date", 0, FieldRole.Roles.Finish)).ToList();
        Ambiguous = [.. candidates.Where(c => c.Rank >= 0 && c.ProjectId is null).GroupBy(c => (c.Role, c.Rank)).Where(g => g.Count() > 1 && IsOneName(g))
            .Select(g => new AmbiguousFields(g.Key.Role, g.First().Name, [.. g.Select(c => c.Id).Order(StringComparer.Ordinal)]))];
        Candidates = [.. candidates.Select(c => IsAmbiguous(c) ? c with { Rank = FieldRole.Ambiguous } : c)];
        foreach (var field in placed)
            Index(field);
    }

    /// <summary>Ids of sprint fields.</summary>
    public IReadOnlyList<string> Sprint => Of(FieldPlace.Sprint);

    /// <summary>Ids of the fields that name a parent by its key: epic links, then the parent link of Plans (which may hold an object instead).</summary>
    public IReadOnlyList<string> EpicLink => [.. Of(FieldPlace.EpicLink), .. Of(FieldPlace.ParentLink)];

    /// <summary>Ids of the fields that flag an impediment.</summary>
    public IReadOnlyList<string> Flagged => Of(FieldPlace.Flagged);

    /// <summary>Whether service desks tell here what kind of request an issue is.</summary>
    public bool HasRequestTypes => Of(FieldPlace.RequestType).Count > 0;

    /// <summary>Every field that may hold points, planned start or planned finish. Those of other team-managed projects are not among them once the catalogue is narrowed.</summary>
    public IReadOnlyList<CandidateField> Candidates { get; }

    /// <summary>Fields between which nothing decides. A board's estimation field or the mapping may.</summary>
    public IReadOnlyList<AmbiguousFields> Ambiguous { get; }

    /// <summary>The fields of one name that may play a role; null where the name is that of one at most, or is a field's id.</summary>
    public AmbiguousFields? Called(string role, string name)
    {
        var named = Candidates.Where(c => c.Role == role && c.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        var isId = Candidates.Any(c => c.Id.Equals(name, StringComparison.OrdinalIgnoreCase));
        return named.Count < 2 || isId ? null : new(role, named[0].Name, [.. named.Select(c => c.Id).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Whether team-managed projects have fields of their own.</summary>
    public bool HasScoped => _placed.Any(f => f.Candidates.Any(c => c.ProjectId is not null));

    /// <summary>Names of the fields above, by which histories without field ids tell them.</summary>
    public IReadOnlyDictionary<string, HashSet<string>> IdsByName => _idsByName;

    /// <summary>Ids of the custom fields to ask for.</summary>
    public IEnumerable<string> Custom =>
        Sprint.Concat(EpicLink).Concat(Flagged).Concat(Candidates.Select(c => c.Id)).Where(id => id != "duedate").Distinct(StringComparer.Ordinal);

    /// <summary>Reads the answer of the field list.</summary>
    public static FieldCatalogue Of(JsonElement fields) => new([.. fields.Items().Select(PlacedField.Of).OfType<PlacedField>()], Any);

    /// <summary>Without the fields that only team-managed projects other than these have: a site may have thousands of them.</summary>
    public FieldCatalogue For(IReadOnlyCollection<string> projectIds) => new(_placed, projectIds.Contains);

    private List<string> Of(FieldPlace place) => [.. _placed.Where(f => f.Place == place).Select(f => f.Id)];

    private bool IsAmbiguous(CandidateField candidate) =>
        candidate is { Rank: >= 0, ProjectId: null } && Ambiguous.Any(a => a.Role == candidate.Role && a.Ids.Contains(candidate.Id, StringComparer.Ordinal));

    /// <summary>Plans' target dates and a start date share no name and are tried in order; only fields of one name leave open which is meant.</summary>
    private static bool IsOneName(IEnumerable<CandidateField> fields) => fields.DistinctBy(f => f.Name, StringComparer.OrdinalIgnoreCase).Count() == 1;

    private void Index(PlacedField field)
    {
        foreach (var name in field.Names)
        {
            if (!_idsByName.TryGetValue(name, out var ids))
                _idsByName[name] = ids = new(StringComparer.Ordinal);
            ids.Add(field.Id);
        }
    }
}
