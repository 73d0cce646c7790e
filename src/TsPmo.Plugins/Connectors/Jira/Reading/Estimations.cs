using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>How the boards of each project estimate, and which points fields that leaves to it.</summary>
internal sealed class Estimations
{
    private readonly SortedDictionary<string, List<JsonElement>> _byProject = new(StringComparer.Ordinal);

    /// <summary>Asks every board with sprints for its configuration.</summary>
    public static async Task<Estimations> ReadAsync(BoardReader reader, IReadOnlyList<string> projects, CancellationToken cancellationToken)
    {
        var estimations = new Estimations();
        foreach (var project in projects)
            estimations._byProject[project] = [];
        foreach (var board in await reader.BoardsAsync(projects, cancellationToken))
        {
            if (await reader.OneAsync($"board/{board.Id}/configuration", cancellationToken) is { } configuration && configuration.Member("estimation").IsThere())
                estimations.Add(board, configuration.Member("estimation"));
        }

        return estimations;
    }

    /// <summary>Projects for which neither a board nor a field of their own tells what points are, so that the fields of the site would be tried.</summary>
    public IEnumerable<string> Undecided(FieldCatalogue fields, IReadOnlyDictionary<string, string> ids) =>
        _byProject.Where(p => p.Value.Count == 0 && !Own(p.Key, fields, ids).Any(c => c.Rank >= 0)).Select(p => p.Key);

    /// <summary>Projects for which neither a board nor a field of their own tells which one of some fields it is.</summary>
    public IEnumerable<string> NotAmong(IReadOnlyList<string> fieldIds, FieldCatalogue fields, IReadOnlyDictionary<string, string> ids)
    {
        var chosen = Chosen(fields, ids);
        return _byProject.Keys.Where(p => chosen.GetValueOrDefault(p, []).Intersect(fieldIds, StringComparer.Ordinal).Count() != 1);
    }

    /// <summary>Ids of what each project was given, to be taken back when that changes.</summary>
    public Dictionary<string, IReadOnlyList<string>> Chosen(FieldCatalogue fields, IReadOnlyDictionary<string, string> ids) => Records(fields, ids, null)
        .SelectMany(r => CatalogueFacts.Estimation(r.Body)).OfType<FieldRole>().Where(r => r.Rank >= 0)
        .GroupBy(r => r.Project, StringComparer.Ordinal).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(r => r.FieldId)], StringComparer.Ordinal);

    /// <summary>A record for each project of which there is something to tell.</summary>
    /// <param name="fields">The site's fields.</param>
    /// <param name="ids">Ids of the projects by key, where they were asked for.</param>
    /// <param name="before">What each project was given last time.</param>
    public IEnumerable<SourceRecord> Records(
        FieldCatalogue fields, IReadOnlyDictionary<string, string> ids, IReadOnlyDictionary<string, IReadOnlyList<string>>? before)
    {
        foreach (var (project, boards) in _byProject)
        {
            var earlier = (before?.GetValueOrDefault(project) ?? []).Select(id => new CandidateField(id, id, -1, FieldRole.Roles.Points));
            var usual = boards.Count > 0 ? fields.Candidates.Where(c => IsPoints(c) && c.ProjectId is null && c.Rank != -1).Select(c => c with { Rank = -1 }) : [];
            var candidates = Own(project, fields, ids).Concat(usual).Concat(earlier).DistinctBy(c => c.Id, StringComparer.Ordinal).ToList();
            if (boards.Count + candidates.Count > 0)
                yield return Record(project, boards, candidates);
        }
    }

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
