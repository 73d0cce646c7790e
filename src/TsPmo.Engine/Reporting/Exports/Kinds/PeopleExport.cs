using System.Runtime.CompilerServices;

namespace TsPmo.Engine.Reporting.Exports.Kinds;

/// <summary>Everybody who has an account; with chosen projects, everybody who reported, was assigned or changed something there.</summary>
internal sealed class PeopleExport(ScopedItems items) : ExportKind("people", "id", "displayName", "emails", "accounts")
{
    public override async IAsyncEnumerable<object?[]> RowsAsync(ExportScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = scope.Projects is null ? null : await SeenAsync(scope, cancellationToken);
        foreach (var person in scope.People.All.Where(p => seen is null || seen.Contains(p.Id)))
            yield return [person.Id, person.DisplayName, person.Emails, person.Accounts];
    }

    private async Task<HashSet<string?>> SeenAsync(ExportScope scope, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string?>(StringComparer.Ordinal);
        foreach (var connector in scope.Connectors)
        {
            await foreach (var item in items.HistoriesAsync(scope, connector, cancellationToken))
            {
                var accounts = ItemChanges.Of(item).Select(c => c.Author).Concat(item.Assignee.Entries.Select(e => e.To)).Append(item.Assignee.Initial).Append(item.Reporter);
                seen.UnionWith(accounts.Select(a => scope.People.IdOf(connector, a)));
            }
        }

        return seen;
    }
}
