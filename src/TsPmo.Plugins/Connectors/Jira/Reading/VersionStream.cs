using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>Versions of each project, all of them every time: they have no delta. A project that is not there is told here.</summary>
internal sealed class VersionStream(JiraClient client)
{
    private const string Always = "{}";

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await client.SessionAsync(cancellationToken);
        foreach (var project in request.Projects)
        {
            using var answer = await client.GetAsync(
                $"{JiraClient.Api(session.IsCloud)}project/{Uri.EscapeDataString(project)}/versions", cancellationToken, HttpStatusCode.NotFound);
            if (answer.Status == HttpStatusCode.NotFound)
            {
                if (ProjectNotices.Unknown(client, session, project) is { } notice)
                    yield return notice;
                continue;
            }

            session.KnownProjects.Add(project);
            yield return new SourcePage([.. answer.Root.Items().Select(v => Record(project, v))], Always);
        }
    }

    private static SourceRecord Record(string project, JsonElement version) =>
        new(RecordKinds.Version, version.Text("id") ?? "", JiraJson.Build(w =>
        {
            w.WriteStartObject();
            w.WriteString("project", project);
            w.WritePropertyName("version");
            w.WriteRaw(version);
            w.WriteEndObject();
        }), default);
}
