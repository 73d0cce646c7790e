using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>
/// Names of the people met so far. That somebody was renamed changes no issue, so when the whole is reconciled the names are asked for: of the cloud in bulk, of Data Center, which has no
/// such call, one by one, so that only some have their turn. An account that may not browse users is refused them: then names are as fresh as the last issue that shows them.
/// Comes last, since the other streams meet the people.
/// </summary>
internal sealed class PeopleStream(JiraClient client)
{
    private const int AtOnce = 100;

    /// <summary>Characters that accounts may take in an address; servers and proxies stop at 8 KB for the whole of it.</summary>
    private const int LongestQuery = 6000;

    /// <summary>Accounts kept, the last met ones: a cursor must stay small.</summary>
    private const int MostKept = 10_000;

    /// <summary>People of Data Center who have their turn in one pass.</summary>
    private const int MostAlone = 500;

    /// <param name="Accounts">People met.</param>
    /// <param name="Asked">Who had the last turn where they are asked for one by one; null: nobody yet.</param>
    private sealed record Cursor(IReadOnlyList<string> Accounts, string? Asked = null);

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await client.SessionAsync(cancellationToken);
        var last = CursorText.Read<Cursor>(request.Cursor);
        IReadOnlyList<string> known = last?.Accounts ?? [];
        var kept = known.Union(session.Accounts.Order(StringComparer.Ordinal), StringComparer.Ordinal).TakeLast(MostKept).ToList();
        var due = request.Depth == ReadDepth.Changes ? [] : Due(session, known, last?.Asked);
        var records = new List<SourceRecord>();
        await foreach (var user in session.IsCloud ? TogetherAsync(due, cancellationToken) : OneByOneAsync(due, cancellationToken))
            records.Add(new(RecordKinds.Person, JiraAccount.Of(user) ?? "", user, default));
        var asked = session.IsCloud || due.Count == 0 ? last?.Asked : due[^1];
        if (last is null || records.Count > 0 || asked != last.Asked || !kept.SequenceEqual(known, StringComparer.Ordinal))
            yield return new SourcePage(records, CursorText.Write(new Cursor(kept, asked)));
    }

    /// <summary>Whose names are asked for: of all who did not turn up in this pass anyway; in Data Center of some of them, who come after those that were asked for last.</summary>
    private static IReadOnlyList<string> Due(JiraSession session, IReadOnlyList<string> known, string? asked)
    {
        var turn = known.ToList().IndexOf(asked ?? "") + 1;
        var due = known.Skip(turn).Concat(known.Take(turn)).Except(session.Accounts, StringComparer.Ordinal);
        return [.. session.IsCloud ? due : due.Take(MostAlone)];
    }

    private async IAsyncEnumerable<JsonElement> OneByOneAsync(IReadOnlyList<string> accounts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var account in accounts)
        {
            var path = $"{JiraClient.Api(isCloud: false)}user?key={Uri.EscapeDataString(account)}";
            using var answer = await OwnAnswer.OfAsync(
                client, () => client.GetAsync(path, cancellationToken, HttpStatusCode.Forbidden, HttpStatusCode.NotFound),
                a => a.Status != HttpStatusCode.OK || JiraAccount.Of(a.Root) == account, "the name of somebody else than was asked for");
            if (answer.Status == HttpStatusCode.Forbidden)
                yield break;
            if (answer.Status == HttpStatusCode.OK)
                yield return answer.Root.Clone();
        }
    }

    private async IAsyncEnumerable<JsonElement> TogetherAsync(IReadOnlyList<string> accounts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var query in Queries(accounts))
        {
            var path = $"{JiraClient.Api(isCloud: true)}user/bulk?{query}";
            await foreach (var user in PagedList.OfAsync(
                client, (page, token) => client.GetAsync(page, token, HttpStatusCode.Forbidden, HttpStatusCode.NotFound), path, cancellationToken, AtOnce))
                yield return user;
        }
    }

    /// <summary>The accounts as queries that name each once, so many at a time as an address holds.</summary>
    private static IEnumerable<string> Queries(IReadOnlyList<string> accounts)
    {
        var (query, count) = (new StringBuilder(), 0);
        foreach (var named in accounts.Select(a => "accountId=" + Uri.EscapeDataString(a)))
        {
            if (count == AtOnce || (count > 0 && query.Length + named.Length >= LongestQuery))
            {
                yield return query.ToString();
                (query, count) = (query.Clear(), 0);
            }

            query.Append(count++ == 0 ? "" : "&").Append(named);
        }

        if (count > 0)
            yield return query.ToString();
    }
}
