using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>
/// Names of the people met so far. That somebody was renamed changes no issue, so when the whole is reconciled the cloud is asked for the names in bulk.
/// Data Center has no such call, and an account that may not browse users is refused it: then names are as fresh as the last issue that shows them.
/// Comes last, since the other streams meet the people.
/// </summary>
internal sealed class PeopleStream(JiraClient client)
{
    private const int AtOnce = 100;

    /// <summary>Accounts kept, the last met ones: a cursor must stay small.</summary>
    private const int MostKept = 10_000;

    private sealed record Cursor(IReadOnlyList<string> Accounts);

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await client.SessionAsync(cancellationToken);
        var last = CursorText.Read<Cursor>(request.Cursor);
        IReadOnlyList<string> known = last?.Accounts ?? [];
        IReadOnlyCollection<string> met = session.IsCloud ? session.Accounts : [];
        var kept = known.Union(met.Order(StringComparer.Ordinal), StringComparer.Ordinal).TakeLast(MostKept).ToList();
        var records = new List<SourceRecord>();
        if (request.Depth != ReadDepth.Changes)
        {
            foreach (var some in known.Except(met, StringComparer.Ordinal).Chunk(AtOnce))
                await foreach (var user in NamesAsync(some, cancellationToken))
                    records.Add(new(RecordKinds.Person, JiraAccount.Of(user) ?? "", user, default));
        }

        if (last is null || records.Count > 0 || !kept.SequenceEqual(known, StringComparer.Ordinal))
            yield return new SourcePage(records, CursorText.Write(new Cursor(kept)));
    }

    private async IAsyncEnumerable<JsonElement> NamesAsync(IReadOnlyList<string> accounts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = string.Join('&', accounts.Select(a => "accountId=" + Uri.EscapeDataString(a)));
        var (startAt, isLast) = (0, false);
        while (!isLast)
        {
            var at = startAt;
            var path = $"{JiraClient.Api(isCloud: true)}user/bulk?{query}&maxResults={AtOnce}&startAt={at}";
            using var answer = await OwnAnswer.OfAsync(
                client, () => client.GetAsync(path, cancellationToken, HttpStatusCode.Forbidden, HttpStatusCode.NotFound), a => a.IsAt(at), "names of other people than were asked for");
            var count = 0;
            foreach (var user in answer.Root.Items("values"))
            {
                count++;
                yield return user.Clone();
            }

            startAt += count;
            isLast = count == 0 || answer.Root.IsTrue("isLast") || startAt >= accounts.Count;
        }
    }
}
