using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>The feeds of revisions and of links: everything in the order it was written, resumable from a token for ever.</summary>
internal static class ReportingRoutes
{
    private const int DefaultPage = 1000, LargestPage = 1000;

    private static readonly (int, string)[] Expansions = [(0, "none"), (1, "fields")];

    public static void Map(RouteTable routes)
    {
        routes.Anywhere(HttpMethods.Get, "wit/reporting/workitemrevisions", call => Revisions(call, RevisionFilter.FromQuery(call)));
        routes.Anywhere(HttpMethods.Post, "wit/reporting/workitemrevisions", call => Revisions(call, RevisionFilter.FromBody(call)));
        routes.Anywhere(HttpMethods.Get, "wit/reporting/workitemlinks", WorkItemLinks);
    }

    private static Answer Revisions(ApiCall call, RevisionFilter filter)
    {
        var (position, since) = Start(call, token => LogPosition.Parse(token) ?? throw BadToken(token));
        var size = Math.Clamp(call.Number("$maxPageSize", DefaultPage), 1, LargestPage);
        var found = call.Organisation.Log.After(position).Where(revision => filter.Includes(revision, since)).Take(size + 1).ToList();
        var page = found.Take(size).ToList();
        var token = (page.Count > 0 ? LogPosition.Of(page[^1]) : position ?? End(call, since)).ToString();
        if (call.Organisation.Switches.RepeatsRevisions && page.Count > 0)
            page = [.. Before(call, filter, position), .. page.SelectMany(revision => Enumerable.Repeat(revision, revision.Watermark % 5 == 0 ? 2 : 1))];
        var writer = new WorkItemWriter(call.Organisation, call.Links);
        return Batch(call, token, found.Count <= size, [.. page.Select(revision => new
        {
            id = revision.Item.Id,
            rev = revision.Rev,
            fields = writer.Fields(revision, filter.Fields, filter.Identities, longText: filter.LongText),
        })]);
    }

    /// <summary>Where a feed goes on that found nothing: from its end where only what came later was asked for.</summary>
    private static LogPosition End(ApiCall call, DateTimeOffset? since) =>
        since is null ? new LogPosition(0, 0, 0) : new LogPosition(call.Organisation.Log.LastWatermark, int.MaxValue, int.MaxValue);

    /// <summary>The revision the page before ended with, if the feed shows it.</summary>
    private static IEnumerable<Revision> Before(ApiCall call, RevisionFilter filter, LogPosition? position) =>
        position is not null && call.Organisation.FindItem(position.Id)?.Revisions.ElementAtOrDefault(position.Rev - 1) is { } last && filter.Includes(last, since: null) ? [last] : [];

    private static Answer WorkItemLinks(ApiCall call)
    {
        var (position, since) = Start(call, token => int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : throw BadToken(token));
        var (types, rels, project) = (call.List("types"), call.List("linkTypes"), call.ProjectOrNull);
        var links = call.Organisation.Log.Links;
        var (index, page) = (position, new List<object>());
        for (; index < links.Count && page.Count < LargestPage; index++)
            if (call.Organisation.Shows(links[index].Source) && call.Organisation.Shows(links[index].Target) && Includes(links[index], types, rels, project, since))
                page.Add(Link(call, links[index]));
        return Batch(call, index.ToString(CultureInfo.InvariantCulture), index == links.Count, page);
    }

    private static bool Includes(LinkEvent link, IReadOnlyList<string> types, IReadOnlyList<string> rels, TeamProject? project, DateTimeOffset? since) =>
        (since is null || link.At >= since)
        && (project is null || link.Source.Project == project.Name)
        && (types.Count == 0 || types.Contains(link.Source.Latest.Text(FieldNames.WorkItemType), StringComparer.OrdinalIgnoreCase))
        && (rels.Count == 0 || rels.Any(rel => link.Rel.StartsWith(rel, StringComparison.OrdinalIgnoreCase)));

    private static object Link(ApiCall call, LinkEvent link) => new
    {
        rel = link.Rel,
        sourceId = link.Source.Id,
        targetId = link.Target.Id,
        changedDate = WireDate.Write(link.At),
        changedBy = call.Links.Identity(link.By),
        changedOperation = link.IsActive ? "create" : "remove",
        isActive = link.IsActive,
        comment = link.Comment,
        sourceProjectId = call.Organisation.Project(link.Source.Project).Id,
        targetProjectId = call.Organisation.Project(link.Target.Project).Id,
    };

    private static (T? Position, DateTimeOffset? Since) Start<T>(ApiCall call, Func<string, T> parse)
    {
        var (token, since) = (call.Query("continuationToken"), call.Instant("startDateTime"));
        if (token is not null && since is not null)
            throw Refusal.Bad("A start date can not be combined with a continuation token.", "ConflictingParametersException");
        return (token is null ? default : parse(token), since);
    }

    private static Refusal BadToken(string token) => Refusal.Bad($"The continuation token \"{token}\" is not valid.", "InvalidContinuationTokenException");

    private static Answer Batch(ApiCall call, string token, bool isLast, IReadOnlyList<object> values) =>
        new(new { values, nextLink = call.NextLink(token), continuationToken = token, isLastBatch = isLast });

    /// <summary>Which revisions of the feed are wanted and how they are shown.</summary>
    private sealed record RevisionFilter(
        AzureDevOpsOrganisation Organisation, TeamProject? Project, IReadOnlyCollection<string>? Fields, IReadOnlyList<string> Types, bool Deleted, bool Latest, bool Discussion, bool LongText, IdentityForm Identities)
    {
        public static RevisionFilter FromQuery(ApiCall call) => new(
            call.Organisation, call.ProjectOrNull, WorkItemQueries.Fields(call.List("fields")), call.List("types"), call.Flag("includeDeleted"), call.Flag("includeLatestOnly"),
            call.Flag("includeDiscussionChangesOnly"), LongTexts(call), call.Flag("includeIdentityRef") ? IdentityForm.Objects : IdentityForm.Text);

        public static RevisionFilter FromBody(ApiCall call)
        {
            var body = call.Body;
            return new RevisionFilter(
                call.Organisation, call.ProjectOrNull, WorkItemQueries.Fields(Texts(body, "fields")), Texts(body, "types"), Flag(body, "includeDeleted"), Flag(body, "includeLatestOnly"),
                call.Flag("includeDiscussionChangesOnly"), LongTexts(call), Flag(body, "includeIdentityRef") ? IdentityForm.Objects : IdentityForm.Text);
        }

        public bool Includes(Revision revision, DateTimeOffset? since) =>
            (since is null || revision.ChangedAt >= since)
            && Organisation.Shows(revision.Item)
            && (Deleted || !revision.Item.Deleted)
            && (!Latest || revision == revision.Item.Latest)
            && (!Discussion || revision.Fields.ContainsKey(FieldNames.History))
            && (Project is null || revision.Text(FieldNames.TeamProject) == Project.Name)
            && (Types.Count == 0 || Types.Contains(revision.Text(FieldNames.WorkItemType), StringComparer.OrdinalIgnoreCase));

        private static bool LongTexts(ApiCall call) => call.Choice("$expand", Expansions) == "fields" || call.Flag("includeDiscussionChangesOnly");

        private static bool Flag(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

        private static IReadOnlyList<string> Texts(JsonElement body, string name) =>
            body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(text => text.GetString() ?? string.Empty)] : [];
    }
}
