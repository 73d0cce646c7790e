using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// Iterations with their dates and teams, and capacities. They have no change feed: trees and selections are read in every pass,
/// capacities where the iteration is not long over or the team's selection has changed.
/// </summary>
internal sealed class IterationStream(AzureDevOpsClient client, TimeProvider clock)
{
    private const int SettledAfterDays = 14;

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadingScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = CursorText.Read(scope.Request.Cursor, CursorJson.Default.IterationCursor)?.Teams ?? new Dictionary<string, string>();
        var seen = known.ToDictionary(StringComparer.Ordinal);
        foreach (var project in await scope.ProjectsAsync(cancellationToken))
        {
            var records = new List<SourceRecord>();
            var failure = await TryProjectAsync(project, seen, records, cancellationToken);
            if (failure is not null)
                yield return failure;
            yield return new SourcePage(records, JsonSerializer.Serialize(new IterationCursor(seen), CursorJson.Default.IterationCursor));
        }
    }

    private async Task<ReadNotice?> TryProjectAsync(TeamProject project, Dictionary<string, string> seen, List<SourceRecord> records, CancellationToken cancellationToken)
    {
        try
        {
            var nodes = await IterationTree.ReadAsync(client, project.Name, cancellationToken);
            var teams = new List<TeamIterations>();
            foreach (var team in await client.TeamsAsync(project.Id, cancellationToken))
                teams.Add(await SelectionAsync(project, team, nodes, cancellationToken));
            records.Add(Iterations(project, nodes, teams));
            foreach (var team in teams)
                await AddCapacitiesAsync(project, team, seen, records, cancellationToken);
            return null;
        }
        catch (TrackerException e) when (!ReadingScope.ConcernsAll(e.Problem))
        {
            return ReadingScope.Notice(e, project.Name);
        }
    }

    private async Task<TeamIterations> SelectionAsync(TeamProject project, JsonElement team, IReadOnlyList<IterationNode> nodes, CancellationToken cancellationToken)
    {
        var id = team.Text("id") ?? "";
        var answer = await client.GetAsync("work/teamsettings/iterations", $"{project.Segment}/{id}/_apis/work/teamsettings/iterations", cancellationToken);
        var selected = answer.Body.Items("value").Select(i => (i.Text("id") ?? "").ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        return new(id, team.Text("name") ?? id, [.. nodes.Where(n => !n.IsRoot && selected.Contains(n.Identifier))]);
    }

    private static SourceRecord Iterations(TeamProject project, IReadOnlyList<IterationNode> nodes, IReadOnlyList<TeamIterations> teams)
    {
        var body = Composed.Object(json =>
        {
            json.WriteString("project", project.Name);
            json.WriteStartArray("iterations");
            foreach (var node in nodes.Where(n => !n.IsRoot))
                Write(json, node, teams.Where(t => t.Selected.Contains(node)).Select(t => t.Name));
            json.WriteEndArray();
        });
        return new(RecordKinds.Iterations, project.Name, body, default);
    }

    private static void Write(Utf8JsonWriter json, IterationNode node, IEnumerable<string> teams)
    {
        json.WriteStartObject();
        json.WriteString("id", node.Identifier);
        json.WriteString("name", node.Name);
        json.WriteString("first", node.First?.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("last", node.Last?.ToString("O", CultureInfo.InvariantCulture));
        json.WriteStartArray("teams");
        foreach (var team in teams.Order(StringComparer.Ordinal))
            json.WriteStringValue(team);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private async Task AddCapacitiesAsync(TeamProject project, TeamIterations team, Dictionary<string, string> seen, List<SourceRecord> records, CancellationToken cancellationToken)
    {
        var settled = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-SettledAfterDays);
        var isUnchanged = seen.GetValueOrDefault(team.Id) == team.Fingerprint;
        foreach (var iteration in team.Selected.Where(i => !isUnchanged || i.Last is null || i.Last >= settled))
        {
            var root = $"{project.Segment}/{team.Id}/_apis/work/teamsettings/iterations/{iteration.Identifier}";
            var capacities = await client.GetAsync("work/capacities", $"{root}/capacities", cancellationToken);
            var daysOff = await client.GetAsync("work/teamdaysoff", $"{root}/teamdaysoff", cancellationToken);
            var body = Composed.Object(json =>
            {
                json.WriteString("project", project.Name);
                json.WriteString("team", team.Name);
                json.WriteString("sprint", iteration.Identifier);
                json.Write("capacities", capacities.Body);
                json.Write("teamDaysOff", daysOff.Body);
            });
            records.Add(new(RecordKinds.Capacity, $"{team.Name}/{iteration.Name}", body, default));
        }

        seen[team.Id] = team.Fingerprint;
    }

    private sealed record TeamIterations(string Id, string Name, IReadOnlyList<IterationNode> Selected)
    {
        /// <summary>Changes with the name of the team and with the iterations selected and their dates.</summary>
        public string Fingerprint
        {
            get
            {
                var text = string.Join('\n', Selected.Select(i => $"{i.Identifier} {i.First?.DayNumber} {i.Last?.DayNumber}").Order(StringComparer.Ordinal).Prepend(Name));
                return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6));
            }
        }
    }
}
