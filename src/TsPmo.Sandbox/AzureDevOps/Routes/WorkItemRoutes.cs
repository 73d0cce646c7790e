using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>Reading work items, their revisions and what differed from one to the next.</summary>
internal static class WorkItemRoutes
{
    private const int MostIds = 200;

    private static readonly (int, string)[] ErrorPolicies = [(1, "fail"), (2, "omit")];

    public static void Map(RouteTable routes)
    {
        routes.Anywhere(HttpMethods.Get, "wit/workitems", ByIds);
        routes.Anywhere(HttpMethods.Post, "wit/workitemsbatch", Batch);
        routes.Anywhere(HttpMethods.Get, "wit/workitems/{id}", One);
        routes.Anywhere(HttpMethods.Get, "wit/workitems/{id}/updates", Updates);
        routes.Anywhere(HttpMethods.Get, "wit/workitems/{id}/updates/{number}", OneUpdate);
        routes.Anywhere(HttpMethods.Get, "wit/workitems/{id}/revisions", Revisions);
        routes.Anywhere(HttpMethods.Get, "wit/workitems/{id}/revisions/{number}", OneRevision);
    }

    private static Answer One(ApiCall call)
    {
        var item = WorkItemQueries.Item(call, call.RouteId("id"));
        var revision = call.Instant("asOf") is { } instant ? item.AsOf(instant) ?? throw Refusal.NoWorkItem(item.Id) : item.Latest;
        return new Answer(WorkItemQueries.Write(call, revision, WorkItemQueries.Fields(call.List("fields")), WorkItemQueries.Expand(call)));
    }

    private static Answer ByIds(ApiCall call)
    {
        var policy = call.Choice("errorPolicy", ErrorPolicies) ?? "fail";
        return Many(call, call.Ids("ids"), call.List("fields"), WorkItemQueries.Expand(call), call.Instant("asOf"), policy);
    }

    private static Answer Batch(ApiCall call)
    {
        var body = call.Body;
        var ids = body.TryGetProperty("ids", out var given) ? given.EnumerateArray().Select(Id).ToList() : [];
        IReadOnlyList<string> fields = body.TryGetProperty("fields", out var names) && names.ValueKind == JsonValueKind.Array
            ? [.. names.EnumerateArray().Select(name => name.GetString() ?? string.Empty)]
            : [];
        var policy = ApiCall.Choose("errorPolicy", Text(body, "errorPolicy"), ErrorPolicies) ?? "fail";
        return Many(call, ids, fields, WorkItemQueries.Expand(Text(body, "$expand")), WireDate.Read(Text(body, "asOf")), policy);
    }

    private static int Id(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var id) ? id : throw Refusal.Bad($"\"{element}\" is no id.");

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value.ToString() : null;

    private static Answer Many(ApiCall call, IReadOnlyList<int> ids, IReadOnlyList<string> fields, string expand, DateTimeOffset? asOf, string policy)
    {
        if (ids.Count is 0 or > MostIds)
            throw Refusal.Bad($"VS403474: You requested {ids.Count} work items, between 1 and {MostIds} can be read at once.");
        var chosen = WorkItemQueries.Fields(fields);
        var values = new List<object?>(ids.Count);
        foreach (var id in ids)
        {
            var item = WorkItemQueries.Find(call, id);
            var revision = asOf is { } instant ? item?.AsOf(instant) : item?.Latest;
            if (revision is null && policy == "fail")
                throw WorkItemQueries.Missing(call, id);
            values.Add(revision is null ? null : WorkItemQueries.Write(call, revision, chosen, expand));
        }

        return Answer.List(values);
    }

    private static Answer Revisions(ApiCall call)
    {
        var item = WorkItemQueries.Item(call, call.RouteId("id"));
        var expand = WorkItemQueries.Expand(call);
        return Answer.List([.. item.Revisions.Skip(call.Number("$skip", 0)).Take(call.Number("$top", 200)).Select(revision => WorkItemQueries.Write(call, revision, null, expand))]);
    }

    private static Answer OneRevision(ApiCall call) => new(WorkItemQueries.Write(call, Numbered(call), null, WorkItemQueries.Expand(call)));

    private static Answer Updates(ApiCall call)
    {
        var item = WorkItemQueries.Item(call, call.RouteId("id"));
        return Answer.List([.. item.Revisions.Skip(call.Number("$skip", 0)).Take(call.Number("$top", 200)).Select(revision => Update(call, revision))]);
    }

    private static Answer OneUpdate(ApiCall call) => new(Update(call, Numbered(call)));

    private static Revision Numbered(ApiCall call)
    {
        var item = WorkItemQueries.Item(call, call.RouteId("id"));
        return call.RouteId("number") is var number && number >= 1 && number <= item.Revisions.Count
            ? item.Revisions[number - 1]
            : throw Refusal.NotFound($"TF401232: Work item {item.Id} has no revision {number}.", "WorkItemRevisionNotFoundException");
    }

    private static object Update(ApiCall call, Revision revision)
    {
        var before = revision.Rev == 1 ? null : revision.Item.Revisions[revision.Rev - 2];
        var writer = new WorkItemWriter(call.Organisation, call.Links);
        return new
        {
            id = revision.Rev,
            workItemId = revision.Item.Id,
            rev = revision.Rev,
            revisedBy = call.Links.Identity(revision.ChangedBy),
            revisedDate = WireDate.Write(revision.Item.RevisedAt(revision)),
            fields = FieldUpdates(writer, before, revision),
            relations = RelationUpdates(writer, before, revision),
            url = $"{call.Links.WorkItem(revision.Item.Id)}/updates/{revision.Rev}",
        };
    }

    private static Dictionary<string, object> FieldUpdates(WorkItemWriter writer, Revision? before, Revision after)
    {
        var old = before is null ? [] : writer.Fields(before, null, IdentityForm.Objects, longText: true);
        var now = writer.Fields(after, null, IdentityForm.Objects, longText: true);
        var updates = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var name in old.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (oldValue, newValue) = (old.GetValueOrDefault(name), now.GetValueOrDefault(name));
            if (!Equals(before?.Fields.GetValueOrDefault(name), after.Fields.GetValueOrDefault(name)) || name == FieldNames.RevisedDate)
                updates[name] = new { oldValue, newValue };
        }

        return updates;
    }

    private static object? RelationUpdates(WorkItemWriter writer, Revision? before, Revision after)
    {
        IReadOnlyList<Relation> old = before is null ? [] : before.Relations;
        var (added, removed) = (after.Relations.Except(old).ToList(), old.Except(after.Relations).ToList());
        return added.Count + removed.Count == 0
            ? null
            : new { added = added.Count == 0 ? null : writer.Relations(added), removed = removed.Count == 0 ? null : writer.Relations(removed) };
    }
}
