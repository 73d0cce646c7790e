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
            if (await TryProjectAsync(project, marks, records, cancellationToken) is { } notice)
                yield return notice;
            if (records.Count < RecordsOnAPage)
                continue;
            yield return new SourcePage(records, marks.Write());
            records = [];
        }

        if (records.Count > 0)
            yield return new SourcePage(records, marks.Write());
    }

    /// <summary>Everything of one project, or nothing of it and a notice.</summary>
    private async Task<ReadNotice?> TryProjectAsync(TeamProject project, IterationMarks marks, List<SourceRecord> records, CancellationToken cancellationToken)
    {
        try
        {
            var nodes = await IterationTree.ReadAsync(client, project.Name, cancellationToken);
            iterations.Learn(nodes);
            var teams = new List<TeamIterations>();
            foreach (var team in await client.TeamsAsync(project.Id, cancellationToken))
            {
                if (await SelectionAsync(project, team, nodes, cancellationToken) is { } selection)
                    teams.Add(selection);
            }

            var read = new List<TeamReading>();
            foreach (var team in teams)
                read.Add(await CapacitiesAsync(project, team, marks, cancellationToken));
            records.AddRange(marks.Take(project, IterationRecords.Tree(project, nodes, teams)));
            records.AddRange(read.SelectMany(marks.Take));
            return null;
        }
        catch (TrackerException e) when (!ReadingScope.ConcernsAll(e.Problem))
        {
            return ReadingScope.Lost(e, project.Name);
        }
    }

    /// <summary>What the team has selected; null when the team is gone by now.</summary>
    private async Task<TeamIterations?> SelectionAsync(TeamProject project, JsonElement team, IReadOnlyList<IterationNode> nodes, CancellationToken cancellationToken)
    {
        if (team.Text("id") is not { } id)
            return null;
        var answer = await client.GetIfThereAsync("work/teamsettings/iterations", $"{project.Segment}/{id}/_apis/work/teamsettings/iterations", cancellationToken);
        if (answer is null)
            return null;
        var selected = answer.Value.Items("value").Select(i => (i.Text("id") ?? "").ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        return new(project, id, team.Text("name") ?? id, [.. nodes.Where(n => !n.IsRoot && selected.Contains(n.Identifier))]);
    }

    private async Task<TeamReading> CapacitiesAsync(TeamProject project, TeamIterations team, IterationMarks marks, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var current = new List<SourceRecord>();
        var others = new List<SourceRecord>(marks.Renamed(team));
        foreach (var iteration in team.Selected)
        {
            var isCurrent = iteration.IsCurrent(today);
            if ((isCurrent || marks.IsWanted(team, iteration)) && await CapacityAsync(project, team, iteration, cancellationToken) is { } record)
                (isCurrent ? current : others).Add(record);
        }

        return new(team, current, others);
    }

    private async Task<SourceRecord?> CapacityAsync(TeamProject project, TeamIterations team, IterationNode iteration, CancellationToken cancellationToken)
    {
        var root = $"{project.Segment}/{team.Id}/_apis/work/teamsettings/iterations/{iteration.Identifier}";
        return await client.GetIfThereAsync("work/capacities", $"{root}/capacities", cancellationToken) is { } capacities
            && await client.GetIfThereAsync("work/teamdaysoff", $"{root}/teamdaysoff", cancellationToken) is { } daysOff
                ? IterationRecords.Capacity(project.Name, team.Name, iteration.Identifier, capacities, daysOff)
                : null;
    }
}

/// <summary>What a team has selected.</summary>
internal sealed record TeamIterations(TeamProject Project, string Id, string Name, IReadOnlyList<IterationNode> Selected);

/// <summary>Capacities that were read of one team: those of current iterations, which are read in every pass, and others.</summary>
internal sealed record TeamReading(TeamIterations Team, IReadOnlyList<SourceRecord> Current, IReadOnlyList<SourceRecord> Others);
