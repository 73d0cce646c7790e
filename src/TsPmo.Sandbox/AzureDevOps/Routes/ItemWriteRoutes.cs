using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.Acts;
using TsPmo.Sandbox.AzureDevOps.Patching;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>Changing, creating and deleting work items, and the recycle bin.</summary>
internal static class ItemWriteRoutes
{
    public static void Map(RouteTable routes)
    {
        routes.Anywhere(HttpMethods.Patch, "wit/workitems/{id}", Update);
        routes.Project(HttpMethods.Post, "wit/workitems/${type}", Create);
        routes.Anywhere(HttpMethods.Delete, "wit/workitems/{id}", Delete);
        routes.Anywhere(HttpMethods.Get, "wit/recyclebin", RecycleBin);
        routes.Anywhere(HttpMethods.Get, "wit/recyclebin/{id}", OneDeleted);
        routes.Anywhere(HttpMethods.Patch, "wit/recyclebin/{id}", Restore);
        routes.Anywhere(HttpMethods.Delete, "wit/recyclebin/{id}", Destroy);
    }

    private static Answer Update(ApiCall call)
    {
        var item = WorkItemQueries.Item(call, call.RouteId("id"));
        var changes = new ChangeSet(call.Organisation, call.Now, call.Caller);
        var patch = new ItemPatch(call.Organisation, changes, item, PatchDocument.Read(call));
        patch.Apply();
        if (!call.Flag("validateOnly") && patch.Commit() && !IsQuiet(call))
            call.Notify(item, "item-edited");
        return new Answer(WorkItemQueries.Write(call, item.Latest, null, WorkItemQueries.Expand(call)));
    }

    private static bool IsQuiet(ApiCall call) => call.Flag("suppressNotifications") && call.Organisation.Switches.MaySuppressNotifications;

    private static Answer Create(ApiCall call)
    {
        var project = call.Project;
        var type = project.Type(call.Route("type") ?? string.Empty)
            ?? throw Refusal.NotFound($"VS402323: Work item type {call.Route("type")} does not exist in project {project.Name} or you do not have permission to access it.", "WorkItemTypeNotFoundException");
        var changes = new ChangeSet(call.Organisation, call.Now, call.Caller);
        var item = call.Organisation.NewItem();
        try
        {
            var patch = new ItemPatch(call.Organisation, changes, item, PatchDocument.Read(call));
            patch.ApplyAsNew(project, type);
            patch.Commit();
        }
        catch (Refusal)
        {
            call.Organisation.Destroy(item);
            throw;
        }

        if (!IsQuiet(call))
            call.Notify(item, "item-edited");
        return new Answer(WorkItemQueries.Write(call, item.Latest, null, WorkItemQueries.Expand(call)));
    }

    private static Answer Delete(ApiCall call)
    {
        var item = WorkItemQueries.Item(call, call.RouteId("id"));
        Deleting.ToRecycleBin(new ChangeSet(call.Organisation, call.Now, call.Caller), item);
        call.Notify(item, "deleted");
        var answer = Deleted(call, item, withResource: true);
        if (call.Flag("destroy"))
            call.Organisation.Destroy(item);
        return new Answer(answer);
    }

    private static Answer Restore(ApiCall call)
    {
        var item = Buried(call);
        if (!call.Body.EnumerateObject().Any(member => member.Name.Equals("isDeleted", StringComparison.OrdinalIgnoreCase) && member.Value.ValueKind == System.Text.Json.JsonValueKind.False))
            throw Refusal.Bad("Only isDeleted = false can be written to a deleted work item.", "ArgumentException");
        Deleting.Restore(new ChangeSet(call.Organisation, call.Now, call.Caller), item);
        return new Answer(Deleted(call, item, withResource: true));
    }

    private static Answer Destroy(ApiCall call)
    {
        call.Organisation.Destroy(Buried(call));
        return new Answer(Body: null, Status: 204);
    }

    private static Answer RecycleBin(ApiCall call)
    {
        var project = call.ProjectOrNull;
        if (call.Query("ids") is not null)
            return Answer.List([.. call.Ids("ids").Select(id => InBin(call, id) is { } item ? Deleted(call, item, withResource: false) : NotDeleted(id))]);
        var bin = call.Organisation.Items.Where(item => item.Deleted && call.Organisation.Shows(item) && (project is null || item.Project == project.Name));
        return Answer.List([.. bin.Select(item => new { id = item.Id, url = BinAddress(call, item.Id) })]);
    }

    private static Answer OneDeleted(ApiCall call) =>
        new(Deleted(call, Buried(call), withResource: true));

    private static WorkItem Buried(ApiCall call) => InBin(call, call.RouteId("id")) ?? throw Refusal.NoWorkItem(call.RouteId("id"));

    private static WorkItem? InBin(ApiCall call, int id)
    {
        var project = call.ProjectOrNull;
        return call.Organisation.FindItem(id) is { Deleted: true } item && call.Organisation.Shows(item) && (project is null || item.Project == project.Name) ? item : null;
    }

    private static object NotDeleted(int id) => new { id, code = 404, message = $"TF401232: Work item {id} does not exist, or you do not have permissions to read it." };

    private static object Deleted(ApiCall call, WorkItem item, bool withResource) => new
    {
        id = item.Id,
        type = item.Latest.Text(FieldNames.WorkItemType),
        name = item.Latest.Text(FieldNames.Title),
        project = item.Project,
        deletedDate = WireDate.Write(item.Latest.ChangedAt),
        deletedBy = item.Latest.ChangedBy.CombinedName,
        code = 200,
        url = BinAddress(call, item.Id),
        resource = withResource ? new WorkItemWriter(call.Organisation, call.Links).Item(item.Latest, null, relations: false, links: false) : null,
    };

    private static string BinAddress(ApiCall call, int id) => $"{call.Links.Base}/_apis/wit/recycleBin/{id}";
}
