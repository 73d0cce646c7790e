using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

/// <summary>A record written down by hand in the shape in which the connector gives it.</summary>
internal static class Recording
{
    public static SourceRecord Issue(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Connectors", "Jira", "Recordings", name + ".json");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return new(RecordKinds.Issue, name, document.RootElement.GetProperty("body").Clone(), document.RootElement.GetProperty("context").Clone());
    }

    public static SourceRecord Of(string kind, string body) => new(kind, "1", JsonSerializer.Deserialize<JsonElement>(body), default);
}
