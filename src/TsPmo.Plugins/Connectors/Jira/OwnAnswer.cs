using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira;

/// <summary>An answer may belong to another question, as behind a proxy that delivers one twice: then the question is asked again, a few times, and after that it is a failure.</summary>
internal static class OwnAnswer
{
    private const int Attempts = 4;

    /// <param name="client">The tracker.</param>
    /// <param name="ask">Asks, and gives null for what belongs to another question.</param>
    /// <param name="otherwise">What was given instead, for the message.</param>
    public static async Task<T> OfAsync<T>(JiraClient client, Func<Task<T?>> ask, string otherwise)
        where T : class
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await ask() is { } own)
                return own;
        }

        throw new TrackerException(client.Unexpected(otherwise));
    }

    /// <param name="client">The tracker.</param>
    /// <param name="ask">Asks.</param>
    /// <param name="isOwn">Whether an answer belongs to the question.</param>
    /// <param name="otherwise">What was given instead, for the message.</param>
    public static Task<TrackerAnswer> OfAsync(JiraClient client, Func<Task<TrackerAnswer>> ask, Func<TrackerAnswer, bool> isOwn, string otherwise) =>
        OfAsync(client, async () =>
        {
            var answer = await ask();
            if (isOwn(answer))
                return answer;
            answer.Dispose();
            return null;
        }, otherwise);

    /// <summary>Whether a page is the one of a position. One that does not tell its position is believed.</summary>
    public static bool IsAt(this TrackerAnswer answer, int startAt) => (Wire.JiraJson.Integer(answer.Root, "startAt") ?? startAt) == startAt;
}
