using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Facts;

namespace TsPmo.Engine.Storage.Facts;

/// <summary>Writes every fact of a page that is neither item, event nor link: each kind is a row of its own table.</summary>
internal sealed class OtherFactsWriter(WriteSession session, string connector)
{
    public async Task WriteAsync(IReadOnlyList<Fact> facts, CancellationToken cancellationToken)
    {
        await session.UpsertAsync<StateDefinition, StateRow>(facts, Row, cancellationToken);
        await session.UpsertAsync<TypeDefinition, TypeRow>(facts, Row, cancellationToken);
        await session.UpsertAsync<FieldRole, FieldRoleRow>(facts, Row, cancellationToken);
        await WriteAccountsAsync([.. facts.OfType<PersonFact>()], cancellationToken);
        await session.UpsertAsync<CapacitySet, Rows.CapacityRow>(facts, Row, cancellationToken);
        await session.UpsertAsync<TimeEntryFact, TimeEntryRow>(facts, Row, cancellationToken);
        var removed = facts.OfType<TimeEntryRemoved>().Select(r => r.Id).ToList();
        if (removed.Count > 0)
            await session.Context.TimeEntries.Where(t => t.Connector == connector && EF.Parameter(removed).Contains(t.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>An e-mail that is hidden now was not taken back by its owner's leaving: a known one stays, or the person would fall apart into accounts.</summary>
    private async Task WriteAccountsAsync(List<PersonFact> people, CancellationToken cancellationToken)
    {
        var hidden = people.Where(p => p.Email is null).Select(p => p.AccountId).Distinct(StringComparer.Ordinal).ToList();
        var known = hidden.Count == 0 ? [] : await session.Context.Accounts
            .Where(a => a.Connector == connector && a.Email != null && EF.Parameter(hidden).Contains(a.AccountId))
            .ToDictionaryAsync(a => a.AccountId, a => a.Email, cancellationToken);
        foreach (var person in people.Where(p => p.Email is not null))
            known[person.AccountId] = person.Email;
        // A page names the same few people in every record; what it tells of one last holds.
        var last = people.AsEnumerable().Reverse().DistinctBy(p => p.AccountId, StringComparer.Ordinal);
        await session.UpsertAsync([.. last.Select(p => Row(p with { Email = p.Email ?? known.GetValueOrDefault(p.AccountId) }))], cancellationToken);
    }

    private StateRow Row(StateDefinition state) => new()
    {
        Connector = connector,
        Project = state.Project,
        Type = state.Type,
        StatusKey = state.StatusId ?? state.Status,
        StatusId = state.StatusId,
        Status = state.Status,
        State = state.State,
    };

    private TypeRow Row(TypeDefinition type) => new()
    {
        Connector = connector,
        Project = type.Project,
        TypeKey = type.TypeId ?? type.SourceType,
        TypeId = type.TypeId,
        SourceType = type.SourceType,
        Kind = type.Kind,
    };

    private FieldRoleRow Row(FieldRole role) => new()
    {
        Connector = connector,
        Project = role.Project,
        Role = role.Role,
        FieldId = role.FieldId,
        FieldName = role.FieldName,
        Rank = role.Rank,
    };

    private AccountRow Row(PersonFact person) => new()
    {
        Connector = connector,
        AccountId = person.AccountId,
        DisplayName = person.DisplayName,
        Email = person.Email?.ToLowerInvariant(),
    };

    private Rows.CapacityRow Row(CapacitySet capacity) => new()
    {
        Connector = connector,
        Project = capacity.Project,
        Team = capacity.Team,
        SprintId = capacity.SprintId,
        Rows = JsonSerializer.Serialize(capacity.Rows.OrderBy(r => r.Account, StringComparer.Ordinal), CapacityJson.Default.IEnumerableCapacityRow),
    };

    private TimeEntryRow Row(TimeEntryFact entry) => new()
    {
        Connector = connector,
        Id = entry.Id,
        Version = entry.Version,
        ItemId = entry.ItemId,
        Account = entry.Account,
        Started = entry.Started.ToUnixTimeMilliseconds(),
        Hours = entry.Hours,
    };
}
