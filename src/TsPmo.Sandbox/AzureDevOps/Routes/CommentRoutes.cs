using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>The discussion of a work item. Every write is a revision and, as no option says otherwise, a mail.</summary>
internal static class CommentRoutes
{
    private static readonly (int, string)[] Formats = [(0, "markdown"), (1, "html")];
    private static readonly (int, string)[] Orders = [(1, "asc"), (2, "desc")];
    private static readonly (int, string)[] Expansions = [(0, "none"), (1, "reactions"), (8, "renderedText"), (16, "renderedTextOnly"), (-17, "all")];

    public static void Map(RouteTable routes)
    {
        const string path = "wit/workItems/{id}/comments";
        routes.Project(HttpMethods.Get, path, All, preview: true);
        routes.Project(HttpMethods.Post, path, Add, preview: true);
        routes.Project(HttpMethods.Get, path + "/{comment}", One, preview: true);
        routes.Project(HttpMethods.Patch, path + "/{comment}", Edit, preview: true);
        routes.Project(HttpMethods.Delete, path + "/{comment}", Delete, preview: true);
    }

    private static Answer All(ApiCall call)
    {
        var item = WorkItemQueries.Item(call, call.RouteId("id"));
        var all = item.Comments.Where(comment => !comment.Deleted || call.Flag("includeDeleted")).ToList();
        if (call.Choice("order", Orders) != "asc")
            all.Reverse();
        var (offset, top) = (call.Number("continuationToken", 0), call.Number("$top", 200));
        var page = all.Skip(offset).Take(top).Select(comment => Write(call, item, comment, rendered: Rendered(call))).ToList();
        var next = offset + page.Count < all.Count ? (offset + page.Count).ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        return new Answer(new
        {
            totalCount = all.Count,
            count = page.Count,
            comments = page,
            continuationToken = next,
            nextPage = next is null ? null : call.NextLink(next),
            url = Address(call, item),
        });
    }

    private static Answer One(ApiCall call)
    {
        var item = WorkItemQueries.Item(call, call.RouteId("id"));
        return new Answer(Write(call, item, Comment(call, item), Rendered(call)));
    }

    private static Answer Add(ApiCall call)
    {
        var item = WorkItemQueries.Item(call, call.RouteId("id"));
        var comment = new ItemComment(call.Organisation.NextCommentId(), call.Caller, call.Now) { Text = Text(call), Format = Format(call) ?? "html" };
        item.Comments.Add(comment);
        Revise(call, item, comment.Text, "comment-created");
        return new Answer(Write(call, item, comment, rendered: true));
    }

    private static Answer Edit(ApiCall call)
    {
        var item = WorkItemQueries.Item(call, call.RouteId("id"));
        var comment = Own(call, item);
        comment.Text = Text(call);
        comment.Format = Format(call) ?? comment.Format;
        comment.Version++;
        (comment.ModifiedAt, comment.ModifiedBy) = (call.Now, call.Caller);
        Revise(call, item, comment.Text, "comment-edited");
        return new Answer(Write(call, item, comment, rendered: true));
    }

    private static Answer Delete(ApiCall call)
    {
        var item = WorkItemQueries.Item(call, call.RouteId("id"));
        Own(call, item).Deleted = true;
        Revise(call, item, text: null, "deleted");
        return Answer.Empty;
    }

    /// <summary>The asked format; a server on premises takes no notice of it and keeps HTML.</summary>
    private static string? Format(ApiCall call) => call.Dialect.Markdown ? call.Choice("format", Formats) : null;

    private static void Revise(ApiCall call, WorkItem item, string? text, string act)
    {
        var changes = new ChangeSet(call.Organisation, call.Now, call.Caller);
        var draft = changes.Draft(item);
        draft[FieldNames.History] = text;
        draft.Forced = true;
        changes.Commit();
        call.Notify(item, act);
    }

    private static string Text(ApiCall call) =>
        call.Body.ValueKind == JsonValueKind.Object && call.Body.TryGetProperty("text", out var text) && text.GetString() is { Length: > 0 } given
            ? given
            : throw Refusal.Bad("Comment text cannot be empty.", "ArgumentException");

    private static ItemComment Comment(ApiCall call, WorkItem item)
    {
        var id = call.RouteId("comment");
        return item.Comments.Find(comment => comment.Id == id && (!comment.Deleted || call.Flag("includeDeleted")))
            ?? throw Refusal.NotFound($"Comment {id} of work item {item.Id} does not exist.", "CommentNotFoundException");
    }

    private static ItemComment Own(ApiCall call, WorkItem item)
    {
        var comment = Comment(call, item);
        return comment.CreatedBy == call.Caller ? comment : throw new Refusal(403, "CommentUpdateAccessException", "You do not have permission to change this comment.");
    }

    private static bool Rendered(ApiCall call) => call.Choice("$expand", Expansions) is "renderedText" or "renderedTextOnly" or "all";

    private static string Address(ApiCall call, WorkItem item) => $"{call.Links.In(call.Project)}/wit/workItems/{item.Id}/comments";

    private static object Write(ApiCall call, WorkItem item, ItemComment comment, bool rendered) => new
    {
        mentions = Array.Empty<object>(),
        workItemId = item.Id,
        id = comment.Id,
        version = comment.Version,
        text = comment.Text,
        renderedText = rendered ? Render(comment) : null,
        createdBy = call.Links.Identity(comment.CreatedBy),
        createdDate = WireDate.Write(comment.CreatedAt),
        modifiedBy = call.Links.Identity(comment.ModifiedBy),
        modifiedDate = WireDate.Write(comment.ModifiedAt),
        format = call.Dialect.Markdown ? comment.Format : null,
        isDeleted = comment.Deleted ? (bool?)true : null,
        url = $"{Address(call, item)}/{comment.Id}",
    };

    private static string Render(ItemComment comment) => comment.Format == "html" ? comment.Text : $"<p>{WebUtility.HtmlEncode(comment.Text)}</p>\n";
}
