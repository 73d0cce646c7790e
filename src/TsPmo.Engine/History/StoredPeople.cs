using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage;
using TsPmo.Model.Governance;
using TsPmo.Model.Work;

namespace TsPmo.Engine.History;

/// <summary>Reads whose accounts the trackers know.</summary>
internal sealed class StoredPeople(PmoStore store)
{
    public async Task<People> ReadAsync(PmoDefinition pmo, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var accounts = await context.Accounts.ToListAsync(cancellationToken);
        return new People(pmo.People.Values, accounts.Select(a => new Account(new SourceId(a.Connector, a.AccountId), a.DisplayName, a.Email)));
    }
}
