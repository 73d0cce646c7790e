using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>Versions of each project, all of them every time: they have no delta, and one that is not among them is gone. A project that is not there is told here.</summary>
internal sealed class VersionStream(JiraClient client)
{
    private const string Always = "{}";

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await client.SessionAsync(cancellationToken);
        foreach (var project in request.Projects)
        {
            using var answer = await client.GetAsync(
                $"{JiraClient.Api(session.IsCloud)}project/{Uri.EscapeDataString(project)}/versions", cancellationToken,
                HttpStatusCode.NotFound, HttpStatusCode.Forbidden);
            if (answer.Status != HttpStatusCode.OK)
            {
                if (await RefusedAsync(session, project, cancellationToken) is { } notice)
                    yield return notice;
                continue;
            }

            if (answer.Root.ValueKind != JsonValueKind.Array)
                throw new TrackerException(client.Unexpected("versions of a project, but no list of them"));
            session.KnownProjects.Add(project);
            yield return new SourcePage([.. answer.Root.Items().Select(v => Record(project, v)), Whole(project, answer.Root)], Always);
        }
    }

    /// <summary>What to tell of a project that keeps its versions to itself: it may be out of sight as a whole, or only they are.</summary>
    private async Task<ReadNotice?> RefusedAsync(JiraSession session, string project, CancellationToken cancellationToken)
    {
        if (await ProjectSight.OfAsync(client, session, project, cancellationToken) is null)
            return ProjectNotices.Unknown(client, session, project);
        session.KnownProjects.Add(project);
        return new(new(
            "versions-refused",
            $"Connector '{client.Name}' sees project '{project}' but is not given its versions; milestones stay as they were last read.",
            "Give the account what it needs to see the project's versions, usually the permission to browse the project and, for a scoped token, read:project-version:jira.") { Scope = project });
    }

    /// <summary>Which versions there are.</summary>
    private static SourceRecord Whole(string project, JsonElement versions) =>
        new(RecordKinds.VersionsOfProject, project, JiraJson.Build(w =>
        {
            w.WriteStartObject();
            w.WriteString("project", project);
            w.WriteStartArray("ids");
            foreach (var id in versions.Items().Select(v => v.Text("id")).OfType<string>())
                w.WriteStringValue(id);
            w.WriteEndArray();
            w.WriteEndObject();
        }), default);

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
