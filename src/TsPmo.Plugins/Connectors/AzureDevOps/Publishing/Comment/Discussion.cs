using System.Net;
using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Comment;

/// <summary>The comments of one work item.</summary>
internal sealed class Discussion(AzureDevOpsClient client)
{
    private const string Resource = "wit/comments";

    // The resource has only ever been a preview, and Markdown came with this one. A server on premises has others, and is asked for what it knows.
    private const string Markdown = "7.1-preview.4";

    private volatile Caller? _caller;

    /// <summary>Whether comments are kept as Markdown; else they are HTML.</summary>
    public async Task<bool> TakesMarkdownAsync(CancellationToken cancellationToken) => (await CallerAsync(cancellationToken)).IsService;

    /// <summary>A comment by id, or null when it is gone.</summary>
    public async Task<JsonElement?> FindAsync(CommentPlace place, string id, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(new ApiCall(HttpMethod.Get, Resource, Path(place, id)) { Expected = [HttpStatusCode.NotFound] }, cancellationToken);
        return answer.Status == HttpStatusCode.NotFound || answer.Body.Flag("isDeleted") ? null : answer.Body;
    }

    /// <summary>The newest comment that is ours by its author and its text, or null: somebody else may quote our marker.</summary>
    public async Task<JsonElement?> SearchAsync(CommentPlace place, MarkedReport ours, CancellationToken cancellationToken)
    {
        if ((await CallerAsync(cancellationToken)).Account is not { } account)
            return null;
        string? token = null;
        while (true)
        {
            var call = new ApiCall(HttpMethod.Get, Resource, Path(place, null)) { Options = [("$top", "200"), ("order", "desc"), ("continuationToken", token)] };
            var page = (await SendAsync(call, cancellationToken)).Body;
            foreach (var comment in page.Items("comments"))
            {
                if (comment.Child("createdBy").Text("id") == account && ours.IsOurs(comment.Text("text")))
                    return comment;
            }

            var next = page.Text("continuationToken");
            if (next is null || next == token)
                return null;
            token = next;
        }
    }

    public async Task<JsonElement> AddAsync(CommentPlace place, string text, CancellationToken cancellationToken) =>
        (await SendAsync(Write(HttpMethod.Post, Path(place, null), text), cancellationToken)).Body;

    /// <summary>Changes a comment. The same edit sent again is another revision and another mail, so a lost answer is left to the next run, which looks first.</summary>
    public async Task<JsonElement> EditAsync(CommentPlace place, string id, string text, CancellationToken cancellationToken) =>
        (await SendAsync(Write(HttpMethod.Patch, Path(place, id), text), cancellationToken)).Body;

    /// <summary>Removes a comment; one that is gone already is no failure.</summary>
    public Task RemoveAsync(CommentPlace place, string id, CancellationToken cancellationToken) =>
        SendAsync(new ApiCall(HttpMethod.Delete, Resource, Path(place, id)) { IsIdempotent = true, Expected = [HttpStatusCode.NotFound] }, cancellationToken);

    private async Task<ApiAnswer> SendAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var isService = (await CallerAsync(cancellationToken)).IsService;
        return await client.SendAsync(isService ? call with { Version = Markdown } : call, cancellationToken);
    }

    private async Task<Caller> CallerAsync(CancellationToken cancellationToken) => _caller ??= Caller.Of((await client.GetAsync("connectionData", "_apis/connectionData", cancellationToken)).Body);

    private static ApiCall Write(HttpMethod method, string path, string text) => new(method, Resource, path)
    {
        // A server that keeps HTML takes no notice of it.
        Options = [("format", "markdown")],
        Body = System.Text.Encoding.UTF8.GetBytes(Composed.Object(json => json.WriteString("text", text)).GetRawText()),
    };

    private static string Path(CommentPlace place, string? id) =>
        $"{AzureDevOpsClient.Segment(place.Project)}/_apis/wit/workItems/{place.Item}/comments{(id is null ? "" : $"/{id}")}";
}
