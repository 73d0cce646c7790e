using System.Net;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>
/// Which issue types the requests for incidents are made of, by the practice of the request types. Not every Jira tells practices; where none is told, types go by level and name.
/// </summary>
internal sealed class ServiceDesks(JiraClient client)
{
    private const int PageSize = 100;

    private readonly List<SourceRecord> _found = [];

    /// <summary>A record for each service desk read so far whose request types tell practices.</summary>
    public IReadOnlyList<SourceRecord> Found => _found;

    /// <summary>Reads the service desks of the projects, on a site that has any.</summary>
    public async Task ReadAsync(JiraSession session, IReadOnlyList<string> projects, IReadOnlyList<SourceRecord> types, CancellationToken cancellationToken)
    {
        if (!session.Fields.HasRequestTypes)
            return;
        foreach (var desk in await ListAsync("servicedesk", cancellationToken))
        {
            if (desk.Text("id") is not { } id || desk.Text("projectKey") is not { } project || !projects.Contains(project, StringComparer.OrdinalIgnoreCase))
                continue;
            var requests = await ListAsync($"servicedesk/{Uri.EscapeDataString(id)}/requesttype", cancellationToken);
            if (requests.Any(r => r.Member("practice").IsThere()))
                _found.Add(Record(project, requests, types));
        }
    }

    /// <summary>A type is one of incidents when nothing but incidents is made of it.</summary>
    private static SourceRecord Record(string project, IReadOnlyList<JsonElement> requests, IReadOnlyList<SourceRecord> types)
    {
        var byType = requests.ToLookup(r => r.Text("issueTypeId") ?? "", StringComparer.Ordinal);
        return new(RecordKinds.ServiceDeskTypes, project, JiraJson.Build(w =>
        {
            w.WriteStartObject();
            w.WriteString("project", project);
            w.WriteStartArray("types");
            foreach (var type in types.Where(t => byType.Contains(t.Id)))
            {
                w.WriteStartObject();
                foreach (var member in type.Body.EnumerateObject().Where(m => m.Name != "incident"))
                {
                    w.WritePropertyName(member.Name);
                    w.WriteRaw(member.Value);
                }

                w.WriteBoolean("incident", byType[type.Id].All(IsIncident));
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
        }), default);
    }

    /// <summary>Reviews after incidents are another practice.</summary>
    private static bool IsIncident(JsonElement request) =>
        request.Text("practice") is { } practice && practice.StartsWith("incident", StringComparison.OrdinalIgnoreCase);

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string path, CancellationToken cancellationToken)
    {
        var values = new List<JsonElement>();
        while (true)
        {
            using var answer = await client.GetAsync($"{JiraClient.ServiceDesk}{path}?start={values.Count}&limit={PageSize}", cancellationToken,
                HttpStatusCode.NotFound, HttpStatusCode.Forbidden);
            var count = values.Count;
            if (answer.Status == HttpStatusCode.OK)
                values.AddRange(answer.Root.Items("values").Select(v => v.Clone()));
            if (answer.Status != HttpStatusCode.OK || values.Count == count || answer.Root.IsTrue("isLastPage"))
                return values;
        }
    }
}
