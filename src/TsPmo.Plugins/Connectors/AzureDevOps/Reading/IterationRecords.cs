using System.Globalization;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>What was read about iterations, as records.</summary>
internal static class IterationRecords
{
    /// <summary>A project's iterations with their days and the teams that selected them.</summary>
    public static SourceRecord Tree(TeamProject project, IReadOnlyList<IterationNode> nodes, IReadOnlyList<TeamIterations> teams)
    {
        var byIteration = teams.SelectMany(t => t.Selected, (t, i) => (i.Identifier, t.Name)).ToLookup(s => s.Identifier, s => s.Name, StringComparer.Ordinal);
        var body = Composed.Object(json =>
        {
            json.WriteString("project", project.Name);
            json.WriteStartArray("iterations");
            foreach (var node in nodes.Where(n => !n.IsRoot))
                Write(json, node, byIteration[node.Identifier]);
            json.WriteEndArray();
        });
        return new(RecordKinds.Iterations, project.Name, body, default);
    }

    /// <summary>An iteration that only revisions still name.</summary>
    public static SourceRecord Deleted(DeletedIteration iteration)
    {
        var body = Composed.Object(json =>
        {
            json.WriteString("project", iteration.Project);
            json.WriteString("id", iteration.Identifier);
            json.WriteString("name", iteration.Name);
        });
        return new(RecordKinds.DeletedIteration, iteration.Identifier, body, default);
    }

    /// <summary>One team's capacities in one iteration; undefined answers: none.</summary>
    public static SourceRecord Capacity(string project, string team, string iteration, JsonElement capacities, JsonElement daysOff)
    {
        var body = Composed.Object(json =>
        {
            json.WriteString("project", project);
            json.WriteString("team", team);
            json.WriteString("sprint", iteration);
            json.Write("capacities", capacities);
            json.Write("teamDaysOff", daysOff);
        });
        return new(RecordKinds.Capacity, $"{team}/{iteration}", body, default);
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
}

/// <summary>An iteration that revisions name and that is gone without having been seen.</summary>
/// <param name="Identifier">What stands for its identifier.</param>
/// <param name="Project">The project whose it was.</param>
/// <param name="Name">Its name, or its number where no path is told.</param>
internal sealed record DeletedIteration(string Identifier, string Project, string Name);
