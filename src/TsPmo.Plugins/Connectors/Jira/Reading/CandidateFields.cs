using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>Candidate fields as records.</summary>
internal static class CandidateFields
{
    /// <summary>The fields that every project may have. Those of one team-managed project alone are told with the project.</summary>
    public static SourceRecord Everywhere(FieldCatalogue fields) => new(
        RecordKinds.Fields, "fields", JiraJson.Build(w => Write(w, fields.Candidates.Where(c => c.ProjectId is null))), default);

    public static void Write(Utf8JsonWriter writer, IEnumerable<CandidateField> fields)
    {
        writer.WriteStartArray();
        foreach (var field in fields)
        {
            writer.WriteStartObject();
            writer.WriteString("role", field.Role);
            writer.WriteString("id", field.Id);
            writer.WriteString("name", field.Name);
            writer.WriteNumber("rank", field.Rank);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
