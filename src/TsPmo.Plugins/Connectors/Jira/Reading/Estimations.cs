using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>How the boards of each project estimate, and which points fields that leaves to it.</summary>
/// <param name="projects">The projects.</param>
/// <param name="before">What each project was given last time; null: nothing yet.</param>
internal sealed class Estimations(IReadOnlyList<string> projects, IReadOnlyDictionary<string, IReadOnlyList<string>>? before)
{
    private readonly SortedDictionary<string, List<JsonElement>> _byProject = new(projects.ToDictionary(p => p, _ => new List<JsonElement>()), StringComparer.Ordinal);
    private readonly SortedSet<string> _refused = new(StringComparer.Ordinal);
    private bool _isRead;

    /// <summary>Projects of which a board may not be asked how it estimates.</summary>
    public IReadOnlyCollection<string> Refused => _refused;

    /// <summary>Asks every board with sprints how it estimates. As long as that has not come to its end, every project may have boards that were not asked.</summary>
    public async Task ReadAsync(BoardReader reader, CancellationToken cancellationToken)
    {
        foreach (var board in await reader.BoardsAsync(projects, cancellationToken))
        {
            if (await reader.EstimationAsync(board.Id, cancellationToken) is not { } estimation)
                _refused.UnionWith(board.Projects);
            else if (estimation.IsThere())
                Add(board, estimation);
        }

        _isRead = true;
    }

    /// <summary>Projects for which neither a board nor a field of their own tells what points are, so that the fields of the site would be tried.</summary>
    public IEnumerable<string> Undecided(FieldCatalogue fields, IReadOnlyDictionary<string, string> ids) =>
        _byProject.Where(p => p.Value.Count == 0 && !IsUnread(p.Key) && !HasOwn(p.Key, fields, ids)).Select(p => p.Key);

    /// <summary>Projects for which neither a board nor a field of their own tells which one of some fields it is.</summary>
    public IEnumerable<string> NotAmong(IReadOnlyList<string> fieldIds, FieldCatalogue fields, IReadOnlyDictionary<string, string> ids)
    {
        var chosen = Chosen(fields, ids);
        return _byProject.Keys.Where(p => chosen.GetValueOrDefault(p, []).Intersect(fieldIds, StringComparer.Ordinal).Count() != 1);
    }

    /// <summary>Ids of what each project was given, to be taken back when that changes.</summary>
    public Dictionary<string, IReadOnlyList<string>> Chosen(FieldCatalogue fields, IReadOnlyDictionary<string, string> ids)
    {
        var chosen = Records(fields, ids)
            .SelectMany(r => CatalogueFacts.Estimation(r.Body)).OfType<FieldRole>().Where(r => r.Rank >= 0)
            .GroupBy(r => r.Project, StringComparer.Ordinal).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(r => r.FieldId)], StringComparer.Ordinal);
        foreach (var project in _byProject.Keys.Where(Stands))
            chosen[project] = Earlier(project);
        return chosen;
    }

    /// <summary>A record for each project of which there is something to tell.</summary>
    /// <param name="fields">The site's fields.</param>
    /// <param name="ids">Ids of the projects by key, where they were asked for.</param>
    public IEnumerable<SourceRecord> Records(FieldCatalogue fields, IReadOnlyDictionary<string, string> ids)
    {
        foreach (var (project, boards) in _byProject.Where(p => !Stands(p.Key)))
        {
            var earlier = Earlier(project).Select(id => new CandidateField(id, id, -1, FieldRole.Roles.Points));
            var candidates = Own(project, fields, ids).Concat(Usual(project, fields, ids)).Concat(earlier).DistinctBy(c => c.Id, StringComparer.Ordinal).ToList();
            if (boards.Count + candidates.Count > 0)
                yield return Record(project, boards, candidates);
        }
    }

    /// <summary>The fields of the site in this project: not chosen beside a board that tells, and not guessed between where one may not be asked.</summary>
    private IEnumerable<CandidateField> Usual(string project, FieldCatalogue fields, IReadOnlyDictionary<string, string> ids)
    {
        var everywhere = fields.Candidates.Where(c => IsPoints(c) && c.ProjectId is null && c.Rank != -1);
        if (_byProject[project].Count > 0)
            return everywhere.Select(c => c with { Rank = -1 });
        return IsUnread(project) && !HasOwn(project, fields, ids) ? everywhere.Select(c => c with { Rank = FieldRole.Ambiguous }) : [];
    }

    private bool IsUnread(string project) => !_isRead || _refused.Contains(project);

    /// <summary>What boards said once counts until they say something else, and not only as long as they may be asked.</summary>
    private bool Stands(string project) => IsUnread(project) && Earlier(project).Count > 0;

    private IReadOnlyList<string> Earlier(string project) => before?.GetValueOrDefault(project) ?? [];

    private static bool HasOwn(string project, FieldCatalogue fields, IReadOnlyDictionary<string, string> ids) => Own(project, fields, ids).Any(c => c.Rank >= 0);

    private static IEnumerable<CandidateField> Own(string project, FieldCatalogue fields, IReadOnlyDictionary<string, string> ids) =>
        ids.TryGetValue(project, out var id) ? fields.Candidates.Where(c => IsPoints(c) && c.ProjectId == id) : [];

    private static bool IsPoints(CandidateField field) => field.Role == FieldRole.Roles.Points;

    private void Add(JiraBoard board, JsonElement estimation)
    {
        foreach (var project in board.Projects)
        {
            if (!_byProject.TryGetValue(project, out var boards))
                _byProject[project] = boards = [];
            boards.Add(estimation.Clone());
        }
    }

    private static SourceRecord Record(string project, List<JsonElement> boards, List<CandidateField> candidates) =>
        new(RecordKinds.Estimation, project, JiraJson.Build(w =>
        {
            w.WriteStartObject();
            w.WriteString("project", project);
            w.WriteStartArray("estimations");
            foreach (var estimation in boards)
                w.WriteRaw(estimation);
            w.WriteEndArray();
            w.WritePropertyName("candidates");
            CandidateFields.Write(w, candidates);
            w.WriteEndObject();
        }), default);
}
