using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira;

/// <summary>
/// A list that Jira gives by position, to its end. The page size that it echoes may be smaller than what was asked for, and a page that tells another position than the one asked for
/// is asked for again. The first page may not be there; a list that breaks off later is a failure, since a part must not pass for the whole.
/// </summary>
internal static class PagedList
{
    private const int PageSize = 50;

    /// <param name="client">The tracker.</param>
    /// <param name="path">Path of the list, with its own options.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="none">Statuses of the first page that mean that there is no such list.</param>
    public static IAsyncEnumerable<JsonElement> OfAsync(JiraClient client, string path, CancellationToken cancellationToken, params IReadOnlyList<HttpStatusCode> none) =>
        OfAsync(client, (page, cancellation) => client.GetAsync(page, cancellation, none), path, cancellationToken);

    /// <param name="client">The tracker.</param>
    /// <param name="ask">Asks for a page; an answer without success stands for no such page.</param>
    /// <param name="path">Path of the list, with its own options.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="pageSize">Entries asked for at once.</param>
    public static async IAsyncEnumerable<JsonElement> OfAsync(
        JiraClient client, Func<string, CancellationToken, Task<TrackerAnswer>> ask, string path, [EnumeratorCancellation] CancellationToken cancellationToken,
        int pageSize = PageSize)
    {
        var joint = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        for (var startAt = 0; ;)
        {
            var at = startAt;
            using var answer = await OwnAnswer.OfAsync(
                client, () => ask($"{path}{joint}startAt={at}&maxResults={pageSize}", cancellationToken), a => a.Status != HttpStatusCode.OK || a.IsAt(at), "a page of a list other than was asked for");
            if (answer.Status != HttpStatusCode.OK && startAt > 0)
                throw new TrackerException(client.Unexpected("a list that breaks off"));
            if (answer.Status != HttpStatusCode.OK)
                yield break;
            var values = answer.Root.ValueKind == JsonValueKind.Array ? answer.Root : answer.Root.Member("values");
            if (values.ValueKind != JsonValueKind.Array)
                throw new TrackerException(client.Unexpected("a list without values"));
            foreach (var value in values.Items())
                yield return value.Clone();
            var count = values.GetArrayLength();
            startAt += count;
            // An array is the whole list.
            if (count == 0 || answer.Root.ValueKind == JsonValueKind.Array || answer.Root.IsTrue("isLast") || answer.Root.Integer("total") <= startAt)
                yield break;
        }
    }
}
