using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>
/// Begins a new session, as the first stream of a pass. Statuses are read every time, since one that is renamed leaves no trace in a delta; fields, types, the boards'
/// estimation fields and the service desks' incidents when the whole is reconciled and when projects or fields changed. Statuses and types that turn up in between come with the issues.
/// </summary>
internal sealed class CatalogueStream(JiraClient client)
{
    /// <param name="Projects">The projects read.</param>
    /// <param name="Fields">Check over the candidate fields.</param>
    /// <param name="Statuses">Check over the statuses.</param>
    /// <param name="ProjectIds">Ids of the projects by key, where the site has team-managed ones.</param>
    /// <param name="Points">What each project's boards gave it for points.</param>
    /// <param name="IsWhole">Whether everything could be read.</param>
    /// <param name="Server">What the server told of itself.</param>
    private sealed record Cursor(
        IReadOnlyList<string> Projects, string Fields, string Statuses, Dictionary<string, string>? ProjectIds,
        Dictionary<string, IReadOnlyList<string>>? Points, bool IsWhole, ServerFacts? Server);

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = CursorText.Read<Cursor>(request.Cursor);
        var session = await client.SignInAsync(request.Depth == ReadDepth.Changes ? last?.Server : null, cancellationToken);
        using var statuses = await client.GetAsync(JiraClient.Api(session.IsCloud) + "status", cancellationToken);
        var site = session.Fields;
        session.Fields = site.For(last?.ProjectIds is { } known ? known.Values : []);
        if (last is not null && !IsDue(request, last, session.Fields))
        {
            var seen = last with { Statuses = Check(statuses.Root), Server = session.Server };
            if (seen.Statuses != last.Statuses || seen.Server != last.Server)
                yield return new SourcePage([.. Statuses(statuses.Root, last.ProjectIds ?? [])], CursorText.Write(seen));
            yield break;
        }

        var ids = site.HasScoped || statuses.Root.Items().Any(s => s.Member("scope").IsThere()) ? await IdsAsync(session, request.Projects, cancellationToken) : [];
        session.Fields = site.For(ids.Values);
        var types = await TypesAsync(session, cancellationToken);
        var cursor = new Cursor(request.Projects, Check(session.Fields), Check(statuses.Root), ids, last?.Points, IsWhole: false, session.Server);
        yield return new SourcePage([CandidateFields.Everywhere(session.Fields), .. Statuses(statuses.Root, ids), .. types], CursorText.Write(cursor));

        // What needs rights of its own costs only itself where they are missing, and is asked for again in the next pass.
        var (estimations, boards, desks, isWhole) = (new Estimations(request.Projects, last?.Points), new BoardReader(client), new ServiceDesks(client), true);
        foreach (var part in (Func<Task>[])[() => estimations.ReadAsync(boards, cancellationToken), () => desks.ReadAsync(session, request.Projects, types, cancellationToken)])
        {
            await foreach (var step in ReadingEdge.PartAsync(StepsAsync(part), Failure, client.OfAnotherShape, cancellationToken))
            {
                isWhole = false;
                yield return step;
            }
        }

        foreach (var problem in (Problem?[])[FieldProblems.Points(client, session.Fields, estimations, ids), FieldProblems.Unreadable(client, estimations)])
        {
            if (problem is not null)
                yield return new ReadNotice(problem);
        }

        // Refused boards are told with the sprints.
        cursor = cursor with { Points = estimations.Chosen(session.Fields, ids), IsWhole = isWhole && !boards.IsRefused };
        yield return new SourcePage([.. estimations.Records(session.Fields, ids), .. desks.Found], CursorText.Write(cursor));
    }

    /// <summary>Something that is read without steps of its own, as a part of a stream.</summary>
    private static async IAsyncEnumerable<ReadStep> StepsAsync(Func<Task> read)
    {
        await read();
        yield break;
    }

    private static ReadStep Failure(TrackerException failure) =>
        TrackerProblems.ConcernsAll(failure.Problem) ? new ReadFailure(failure.Problem) : new ReadNotice(failure.Problem);

    private static bool IsDue(ReadRequest request, Cursor last, FieldCatalogue fields) =>
        request.Depth != ReadDepth.Changes || !last.IsWhole
        || !last.Projects.SequenceEqual(request.Projects, StringComparer.Ordinal) || last.Fields != Check(fields);

    private static string Check(FieldCatalogue fields) =>
        Fingerprint.Of(string.Join('\n', fields.Candidates.Select(c => $"{c.Role}:{c.Id}:{c.Rank}:{c.Name}").Order(StringComparer.Ordinal)));

    private static string Check(JsonElement statuses) => Fingerprint.Of(string.Join('\n', statuses.Items()
        .Select(s => $"{s.Text("id")}:{s.Text("name")}:{s.Member("statusCategory").Text("key")}").Order(StringComparer.Ordinal)));

    /// <summary>Statuses, each with the key of the team-managed project it belongs to where that is one of ours.</summary>
    private static IEnumerable<SourceRecord> Statuses(JsonElement statuses, Dictionary<string, string> projectIds)
    {
        var keys = projectIds.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
        return statuses.Items().Select(s => new SourceRecord(RecordKinds.Status, s.Text("id") ?? "", JiraJson.Build(w =>
        {
            w.WriteStartObject();
            if (s.Member("scope").Member("project").Text("id") is { } id && keys.TryGetValue(id, out var key))
                w.WriteString("project", key);
            foreach (var member in (ReadOnlySpan<string>)["id", "name", "statusCategory"])
            {
                if (s.Member(member) is var value && value.IsThere())
                {
                    w.WritePropertyName(member);
                    w.WriteRaw(value);
                }
            }

            w.WriteEndObject();
        }), default));
    }

    private async Task<IReadOnlyList<SourceRecord>> TypesAsync(JiraSession session, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(JiraClient.Api(session.IsCloud) + "issuetype", cancellationToken);
        return [.. answer.Root.Items().Select(t => new SourceRecord(RecordKinds.Type, t.Text("id") ?? "", t.Clone(), default))];
    }

    /// <summary>Fields and statuses of a team-managed project name it by its id.</summary>
    private async Task<Dictionary<string, string>> IdsAsync(JiraSession session, IReadOnlyList<string> projects, CancellationToken cancellationToken)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var project in projects)
        {
            if ((await ProjectSight.OfAsync(client, session, project, cancellationToken))?.Text("id") is { } id)
                ids[project] = id;
        }

        return ids;
    }
}
