using System.Text.Json;
using TsPmo.Model.Contracts;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>What is known of iterations, so that only what differs is asked for and told.</summary>
internal sealed class IterationMarks
{
    private readonly bool _isThorough;
    private readonly KnownIterations _iterations;
    private readonly Dictionary<string, string> _projects;
    private readonly Dictionary<string, TeamMark> _teams;

    public IterationMarks(IterationCursor? cursor, KnownIterations iterations, ReadDepth depth)
    {
        (_isThorough, _iterations) = (depth != ReadDepth.Changes, iterations);
        iterations.Remember(cursor?.Iterations ?? new Dictionary<long, string>());
        // A cursor of an earlier form has not got them.
        _projects = new(cursor?.Projects ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        _teams = new(cursor?.Teams ?? new Dictionary<string, TeamMark>(), StringComparer.Ordinal);
    }

    /// <summary>Whether the capacities of an iteration must be read although it is not current.</summary>
    public bool IsWanted(TeamIterations team, IterationNode iteration)
    {
        if (_isThorough || !_teams.TryGetValue(team.Id, out var known) || known.Name != team.Name)
            return true;
        return !Fingerprint.IsAmong(known.Selected, Mark(iteration));
    }

    /// <summary>Whether a team had selected an iteration when it could last be read.</summary>
    public bool WasSelected(string team, IterationNode iteration) => _teams.TryGetValue(team, out var known) && Fingerprint.IsAmong(known.Chosen ?? "", Name(iteration));

    /// <summary>Capacities are kept under the team's name: those under a name that it no longer has are emptied.</summary>
    public IEnumerable<SourceRecord> Renamed(TeamIterations team) =>
        _teams.TryGetValue(team.Id, out var known) && known.Name != team.Name
            ? team.Selected.Select(i => IterationRecords.Capacity(team.Project.Name, known.Name, i.Identifier, default, default))
            : [];

    /// <summary>A project's record, unless it is as it was.</summary>
    public IEnumerable<SourceRecord> Take(TeamProject project, SourceRecord record)
    {
        var mark = Mark([record]);
        if (!_isThorough && _projects.GetValueOrDefault(project.Id) == mark)
            return [];
        _projects[project.Id] = mark;
        return [record];
    }

    /// <summary>A team's records, without those that are as they were.</summary>
    public IEnumerable<SourceRecord> Take(TeamReading read)
    {
        var known = _teams.GetValueOrDefault(read.Team.Id);
        var chosen = string.Concat(read.Team.Selected.Select(Name));
        // What was not read stays wanted.
        if (!read.IsWhole)
        {
            _teams[read.Team.Id] = (known ?? new(read.Team.Name, "", null)) with { Chosen = chosen };
            return read.Current.Concat(read.Others);
        }

        var mark = new TeamMark(read.Team.Name, string.Concat(read.Team.Selected.Select(Mark)), read.Current.Count == 0 ? null : Mark(read.Current)) { Chosen = chosen };
        _teams[read.Team.Id] = mark;
        return !_isThorough && known?.Current == mark.Current ? read.Others : read.Current.Concat(read.Others);
    }

    public string Write() => JsonSerializer.Serialize(new IterationCursor(_projects, _teams, _iterations.All), CursorJson.Default.IterationCursor);

    private static string Name(IterationNode iteration) => Fingerprint.Of(iteration.Identifier);

    private static string Mark(IterationNode iteration) => Fingerprint.Of($"{iteration.Identifier} {iteration.First?.DayNumber} {iteration.Last?.DayNumber}");

    private static string Mark(IEnumerable<SourceRecord> records) => Fingerprint.Of(string.Join('\n', records.Select(r => r.Body.GetRawText())));
}
