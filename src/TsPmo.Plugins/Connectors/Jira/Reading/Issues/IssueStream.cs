using System.Runtime.CompilerServices;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>Issues with their whole history: what was updated since the last complete run, and all of a project that is new.</summary>
internal sealed class IssueStream(JiraClient client)
{
    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await client.SessionAsync(cancellationToken);
        var cursor = CursorText.Read<IssueCursor>(request.Cursor) ?? new();
        session.Sprints.Recall(cursor.Met ?? []);
        session.ReadUntil = cursor.Since;
        var run = Begin(session, cursor, ProjectNotices.Known(session, request.Projects));
        if (run is not null && IsNew(cursor, run) && await MissingAsync(session, run, cancellationToken) is { Count: > 0 } missing)
        {
            foreach (var project in missing)
            {
                if (ProjectNotices.Unknown(client, session, project) is { } notice)
                    yield return notice;
            }

            run = Begin(session, cursor, ProjectNotices.Known(session, request.Projects));
        }

        if (run is null)
            yield break;
        await foreach (var page in PagesAsync(session, ForRun(cursor, run), run, cancellationToken))
            yield return page;
    }

    private async IAsyncEnumerable<ReadStep> PagesAsync(
        JiraSession session, IssueCursor cursor, IssueRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var search = IssueSearches.Begin(client, session, SearchShape.Whole(session));
        var maker = new IssueRecords(client, session);
        var hasBegunAnew = false;
        var isDone = false;
        while (!isDone)
        {
            var batch = new Dictionary<string, FoundIssue>(StringComparer.Ordinal);
            FoundPage? page;
            do
            {
                page = await NextAsync(search, run, hasBegunAnew, cancellationToken);
                hasBegunAnew |= page is null;
                page ??= await search.NextAsync(run.Position with { Token = null }, cancellationToken);
                foreach (var issue in page.Issues.Where(i => !cursor.Knows(i)))
                    batch[issue.Id] = issue;
                run = run.Found(page.Issues, cursor, session, client.Now) with { Token = page.Token, StartAt = page.StartAt };
                isDone = page.IsLast;
            }
            while (!isDone && batch.Count + page.Issues.Count <= maker.BatchSize);

            var before = cursor;
            cursor = isDone ? cursor.Completed(run, client.Now) : cursor with { Run = run };
            IReadOnlyList<SourceRecord>? held = batch.Count == 0 ? [] : null;
            foreach (var records in batch.Count == 0 ? [] : await maker.OfAsync([.. batch.Values], run.LinksKnownUntil, cancellationToken))
            {
                if (held is not null)
                    yield return new SourcePage(held, Text(before, session));
                held = records;
            }

            session.ReadUntil = cursor.Since;
            yield return new SourcePage(held ?? [], Text(cursor, session));
        }
    }

    /// <summary>The cursor with the sprints met, so that a pass that ends before it reads sprints loses none.</summary>
    private static string Text(IssueCursor cursor, JiraSession session) => CursorText.Write(cursor with { Met = session.Sprints.Kept });

    /// <summary>The run to go on with: the one that was broken off, or a new one. Null when there is nothing to read.</summary>
    private IssueRun? Begin(JiraSession session, IssueCursor cursor, IReadOnlyList<string> projects)
    {
        if (cursor.Run is { } broken && broken.Projects.SequenceEqual(projects, StringComparer.Ordinal))
            return broken;
        if (projects.Count == 0)
            return null;
        var known = projects.Where(p => cursor.Since is not null && cursor.Covered.Contains(p, StringComparer.Ordinal)).ToList();
        var added = projects.Except(known, StringComparer.Ordinal).ToList();
        return new()
        {
            Jql = JiraQuery.Issues(known, added, known.Count == 0 ? null : added.Count == 0 ? cursor.AskedSince : cursor.Since, session.Zone, client.Options.HistorySince),
            Projects = projects,
            StartedAt = client.Now,
            LinksKnownUntil = added.Count == 0 ? cursor.Since - JiraQuery.Overlap : null,
        };
    }

    /// <summary>The cursor as the run may use it: of a project that is new nothing is known, however long ago it was updated.</summary>
    private static IssueCursor ForRun(IssueCursor cursor, IssueRun run) => IsNew(cursor, run) ? cursor with { KnownUntil = null } : cursor;

    private static bool IsNew(IssueCursor cursor, IssueRun run) =>
        run.Projects.Any(p => !cursor.Covered.Contains(p, StringComparer.Ordinal));

    /// <summary>A query that names one missing project is refused as a whole, so projects read for the first time are looked at one by one where the versions have not proved them.</summary>
    private async Task<IReadOnlyList<string>> MissingAsync(JiraSession session, IssueRun run, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var project in run.Projects.Where(p => !session.KnownProjects.Contains(p)))
        {
            if (await ProjectSight.OfAsync(client, session, project, cancellationToken) is null)
                missing.Add(project);
            else
                session.KnownProjects.Add(project);
        }

        return missing;
    }

    /// <summary>A page token lives for days only; null when one that was kept is refused (not the account, and not the rate), so that the run must begin anew. That happens once and no more.</summary>
    private static async Task<FoundPage?> NextAsync(IIssueSearch search, IssueRun run, bool hasBegunAnew, CancellationToken cancellationToken)
    {
        try
        {
            return await search.NextAsync(run.Position, cancellationToken);
        }
        catch (TrackerException e) when (e.Status is >= 400 and < 500 and not (401 or 403 or 429) && run.Token is not null && !hasBegunAnew)
        {
            return null;
        }
    }
}
