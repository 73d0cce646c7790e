using System.Net;
using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Comment;

/// <summary>The comments of one work item.</summary>
internal sealed class Discussion(AzureDevOpsClient client)
{
    private const string Resource = "wit/comments";

    // The resource has only ever been a preview, and Markdown came with this one.
    private const string Version = "7.1-preview.4";

    /// <summary>A comment by id, or null when it is gone.</summary>
    public async Task<JsonElement?> FindAsync(CommentPlace place, string id, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(new ApiCall(HttpMethod.Get, Resource, Path(place, id)) { Version = Version, Expected = [HttpStatusCode.NotFound] }, cancellationToken);
        return answer.Status == HttpStatusCode.NotFound || answer.Body.Flag("isDeleted") ? null : answer.Body;
    }

    /// <summary>The newest comment that is ours by its author and its text, or null: somebody else may quote our marker.</summary>
    public async Task<JsonElement?> SearchAsync(CommentPlace place, CommentText ours, CancellationToken cancellationToken)
    {
        if (await AccountAsync(cancellationToken) is not { } account)
            return null;
        string? token = null;
        while (true)
        {
            var call = new ApiCall(HttpMethod.Get, Resource, Path(place, null)) { Version = Version, Options = [("$top", "200"), ("order", "desc"), ("continuationToken", token)] };
            var page = (await client.SendAsync(call, cancellationToken)).Body;
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
        (await client.SendAsync(Write(HttpMethod.Post, Path(place, null), text, isIdempotent: false), cancellationToken)).Body;

    public async Task<JsonElement> EditAsync(CommentPlace place, string id, string text, CancellationToken cancellationToken) =>
        (await client.SendAsync(Write(HttpMethod.Patch, Path(place, id), text, isIdempotent: true), cancellationToken)).Body;

    /// <summary>Removes a comment; one that is gone already is no failure.</summary>
    public Task RemoveAsync(CommentPlace place, string id, CancellationToken cancellationToken) =>
        client.SendAsync(new ApiCall(HttpMethod.Delete, Resource, Path(place, id)) { Version = Version, IsIdempotent = true, Expected = [HttpStatusCode.NotFound] }, cancellationToken);

    private async Task<string?> AccountAsync(CancellationToken cancellationToken) =>
        (await client.GetAsync("connectionData", "_apis/connectionData", cancellationToken)).Body.Child("authenticatedUser").Text("id");

    private static ApiCall Write(HttpMethod method, string path, string text, bool isIdempotent) => new(method, Resource, path)
    {
        Version = Version,
        Options = [("format", "markdown")],
        Body = System.Text.Encoding.UTF8.GetBytes(Composed.Object(json => json.WriteString("text", text)).GetRawText()),
        IsIdempotent = isIdempotent,
    };

    private static string Path(CommentPlace place, string? id) =>
        $"{AzureDevOpsClient.Segment(place.Project)}/_apis/wit/workItems/{place.Item}/comments{(id is null ? "" : $"/{id}")}";
}
