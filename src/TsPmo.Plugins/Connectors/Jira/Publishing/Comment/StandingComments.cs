using System.Globalization;
using System.Net;
using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Publishing.Comment;

/// <summary>A comment as it stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text in the form in which it is compared.</param>
internal sealed record StandingComment(string Id, string Text)
{
    public CommentMarker? Marker { get; } = CommentMarker.In(Text);

    /// <summary>Whether it says what we last made it say.</summary>
    public bool IsUntouched => Marker?.Vouches(Text) == true;
}

/// <summary>Finds our comment on an issue: by the id we remember, else by author and marker.</summary>
internal sealed class StandingComments(JiraClient client, JiraSession session)
{
    private const int PageSize = 100;

    /// <summary>The comment of an id; null when it is not there.</summary>
    public async Task<StandingComment?> GetAsync(string anchor, string id, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync($"{CommentsOf(anchor)}/{Uri.EscapeDataString(id)}", cancellationToken, HttpStatusCode.NotFound);
        return answer.Status == HttpStatusCode.NotFound ? null : Read(answer.Root);
    }

    /// <summary>Our latest comment of a publication, and whether the issue is there at all.</summary>
    public async Task<(bool IsIssueThere, StandingComment? Comment)> FindAsync(string anchor, string publication, CancellationToken cancellationToken)
    {
        StandingComment? found = null;
        for (var start = 0; ;)
        {
            var page = string.Create(CultureInfo.InvariantCulture, $"{CommentsOf(anchor)}?startAt={start}&maxResults={PageSize}");
            using var answer = await client.GetAsync(page, cancellationToken, HttpStatusCode.NotFound);
            if (answer.Status == HttpStatusCode.NotFound)
                return (false, null);
            var comments = answer.Root.Items("comments").ToList();
            found = comments.Where(c => JiraAccount.Of(c.Member("author")) == session.Account).Select(Read).OfType<StandingComment>()
                .LastOrDefault(c => c.Marker?.Publication == publication) ?? found;
            start += comments.Count;
            if (comments.Count == 0 || start >= (answer.Root.Integer("total") ?? 0))
                return (true, found);
        }
    }

    /// <summary>A comment in an answer; null when it has no id.</summary>
    public StandingComment? Read(JsonElement comment)
    {
        var body = comment.Member("body");
        var text = session.IsCloud && body.ValueKind == JsonValueKind.Object ? AtlassianDocument.Read(body) : WikiText.Read(body.Text() ?? "");
        return comment.Text("id") is { } id ? new(id, text) : null;
    }

    private string CommentsOf(string anchor) => $"{JiraClient.Api(session.IsCloud)}issue/{Anchor.Path(anchor)}/comment";
}
