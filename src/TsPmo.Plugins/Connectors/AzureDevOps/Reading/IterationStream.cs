using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// Iterations with their dates and teams, and capacities. They have no change feed: every pass reads the tree of each project and what each team has
/// selected, and the capacities of iterations that are current, new to the team or moved; a thorough reading reads all capacities. What is as it was
/// makes no record.
/// </summary>
internal sealed class IterationStream(AzureDevOpsClient client, KnownIterations iterations, TimeProvider clock)
{
    // The cursor names every team, so it is not written for each project.
    private const int RecordsOnAPage = 100;

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadingScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var marks = new IterationMarks(Kept.Read(scope.Request.Cursor, CursorJson.Default.IterationCursor), iterations, scope.Request.Depth);
        var records = new List<SourceRecord>();
        foreach (var project in await scope.ProjectsAsync(cancellationToken))
        {
            foreach (var notice in await TryProjectAsync(project, marks, records, cancellationToken))
                yield return notice;
            if (records.Count < RecordsOnAPage)
                continue;
            yield return new SourcePage(records, marks.Write());
            records = [];
        }

        if (records.Count > 0)
            yield return new SourcePage(records, marks.Write());
    }

    /// <summary>Everything of one project but for teams that refuse it, or nothing of the project and a notice.</summary>
    private async Task<IEnumerable<ReadNotice>> TryProjectAsync(TeamProject project, IterationMarks marks, List<SourceRecord> records, CancellationToken cancellationToken)
    {
        try
        {
            var notices = new List<ReadNotice>();
            var nodes = await IterationTree.ReadAsync(client, project.Name, cancellationToken);
            iterations.Learn(nodes);
            var teams = new List<TeamIterations>();
            foreach (var team in await client.TeamsAsync(project.Id, cancellationToken))
            {
                if (await SelectionAsync(project, team, nodes, marks, notices, cancellationToken) is { } selection)
                    teams.Add(selection);
            }

            var read = new List<TeamReading>();
            foreach (var team in teams.Where(t => !t.IsRemembered))
                read.Add(await CapacitiesAsync(project, team, marks, notices, cancellationToken));
            records.AddRange(marks.Take(project, IterationRecords.Tree(project, nodes, teams)));
            records.AddRange(read.SelectMany(marks.Take));
            return notices;
        }
        catch (TrackerException e) when (!TrackerProblems.ConcernsAll(e.Problem))
        {
            return [ReadingScope.Lost(e, project.Name)];
        }
    }

    /// <summary>Whether a team refuses to be read. A server that fails may answer in the next pass, and until then nothing of the project is told.</summary>
    private static bool IsOfTeam(TrackerException failure) => failure.Status == 403;

    private static ReadNotice Refused(TrackerException failure, TeamProject project, string team) => ReadingScope.Lost(failure, $"{project.Name}/{team}");

    /// <summary>What the team has selected, or had when it could last be read; null when the team is gone by now.</summary>
    private async Task<TeamIterations?> SelectionAsync(
        TeamProject project, JsonElement team, IReadOnlyList<IterationNode> nodes, IterationMarks marks, List<ReadNotice> notices, CancellationToken cancellationToken)
    {
        if (team.Text("id") is not { } id)
            return null;
        var name = team.Text("name") ?? id;
        try
        {
            var answer = await client.GetIfThereAsync("work/teamsettings/iterations", $"{project.Segment}/{id}/_apis/work/teamsettings/iterations", cancellationToken);
            if (answer is null)
                return null;
            var selected = answer.Value.Items("value").Select(i => (i.Text("id") ?? "").ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
            return new(project, id, name, [.. nodes.Where(n => !n.IsRoot && selected.Contains(n.Identifier))]);
        }
        catch (TrackerException e) when (IsOfTeam(e))
        {
            notices.Add(Refused(e, project, name));
            return new(project, id, name, [.. nodes.Where(n => !n.IsRoot && marks.WasSelected(id, n))]) { IsRemembered = true };
        }
    }

    /// <summary>Capacities up to the first that is refused: the team will hardly tell the others, and is asked again in the next pass.</summary>
    private async Task<TeamReading> CapacitiesAsync(TeamProject project, TeamIterations team, IterationMarks marks, List<ReadNotice> notices, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var current = new List<SourceRecord>();
        var others = new List<SourceRecord>(marks.Renamed(team));
        foreach (var iteration in team.Selected)
        {
            var isCurrent = iteration.IsCurrent(today);
            if (!isCurrent && !marks.IsWanted(team, iteration))
                continue;
            try
            {
                if (await CapacityAsync(project, team, iteration, cancellationToken) is { } record)
                    (isCurrent ? current : others).Add(record);
            }
            catch (TrackerException e) when (IsOfTeam(e))
            {
                notices.Add(Refused(e, project, team.Name));
                return new(team, current, others) { IsWhole = false };
            }
        }

        return new(team, current, others);
    }

    private async Task<SourceRecord?> CapacityAsync(TeamProject project, TeamIterations team, IterationNode iteration, CancellationToken cancellationToken)
    {
        var root = $"{project.Segment}/{team.Id}/_apis/work/teamsettings/iterations/{iteration.Identifier}";
        if (await client.GetIfThereAsync("work/capacities", $"{root}/capacities", cancellationToken) is not { } capacities)
            return null;
        var daysOff = await client.GetIfThereAsync("work/teamdaysoff", $"{root}/teamdaysoff", cancellationToken);
        return IterationRecords.Capacity(project.Name, team.Name, iteration.Identifier, capacities, daysOff ?? default);
    }
}

/// <summary>What a team has selected.</summary>
internal sealed record TeamIterations(TeamProject Project, string Id, string Name, IReadOnlyList<IterationNode> Selected)
{
    /// <summary>Whether the team could not be read now, so that this is what it had selected when it could.</summary>
    public bool IsRemembered { get; init; }
}

/// <summary>Capacities that were read of one team: those of current iterations, which are read in every pass, and others.</summary>
internal sealed record TeamReading(TeamIterations Team, IReadOnlyList<SourceRecord> Current, IReadOnlyList<SourceRecord> Others)
{
    /// <summary>Whether everything was read that was wanted.</summary>
    public bool IsWhole { get; init; } = true;
}
