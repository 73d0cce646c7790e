using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using TsPmo.Model;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>A batch of a reporting feed.</summary>
/// <param name="Values">What it brought.</param>
/// <param name="Token">Where the feed goes on, in the body or in the address of the next batch; null when it does not tell.</param>
/// <param name="IsLast">Whether there is nothing more for now.</param>
internal sealed record FeedBatch(IReadOnlyList<JsonElement> Values, string? Token, bool IsLast)
{
    /// <summary>The member of an answer that lists what it brings.</summary>
    public const string List = "values";

    /// <param name="body">The answer, its list set aside.</param>
    /// <param name="values">What the list held.</param>
    public static FeedBatch Of(JsonElement body, IReadOnlyList<JsonElement> values)
    {
        if (body.Child(List) is not { ValueKind: JsonValueKind.Array })
            throw new TrackerException(Unexpected("the reporting feed holds no list of values"));
        return new(values, body.Text("continuationToken") ?? FromLink(body.Text("nextLink")), body.Child("isLastBatch") is null ? values.Count == 0 : body.Flag("isLastBatch"));
    }

    public string? Next(string? token) => Token ?? token;

    private static string? FromLink(string? link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var address) && QueryHelpers.ParseQuery(address.Query).TryGetValue("continuationToken", out var token) ? token.ToString() : null;

    private static Problem Unexpected(string what) => new(
        "unexpected-answer", $"The tracker answered in a way that is not understood: {what}.", "It is tried again in the next run. If it stays, look for a proxy that changes answers.")
    {
        Retryable = true,
    };
}
