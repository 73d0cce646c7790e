using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Governance;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Reporting.Exports;

/// <summary>
/// Who the trackers' accounts belong to. A person is the key in <c>People</c> that binds an account or another account with the same e-mail, else the e-mail where one
/// is visible, else the account itself.
/// </summary>
internal sealed class People
{
    private readonly Dictionary<SourceId, string> _bound = [];
    private readonly Dictionary<SourceId, AccountRow> _accounts;
    private readonly Dictionary<string, string> _byEmail = new(StringComparer.OrdinalIgnoreCase);

    public People(PmoDefinition pmo, IEnumerable<AccountRow> accounts)
    {
        _accounts = accounts.ToDictionary(a => new SourceId(a.Connector, a.AccountId));
        foreach (var person in pmo.People.Values.OrderBy(p => p.Id, StringComparer.Ordinal))
        {
            foreach (var account in person.Accounts)
            {
                _bound.TryAdd(account, person.Id);
                if (_accounts.GetValueOrDefault(account)?.Email is { } email)
                    _byEmail.TryAdd(email, person.Id);
            }
        }
    }

    /// <summary>Everybody who has an account, ordered by id.</summary>
    public IReadOnlyList<KnownPerson> All =>
        [.. _accounts.OrderBy(a => a.Key).GroupBy(a => Id(a.Key), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new KnownPerson(
            g.Key,
            g.Select(a => a.Value.DisplayName).FirstOrDefault(n => !string.IsNullOrWhiteSpace(n)) ?? g.Key,
            [.. g.Select(a => a.Value.Email).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. g.Select(a => a.Key.ToString()).Order(StringComparer.Ordinal)]))];

    /// <summary>The person behind an account; null for no account.</summary>
    public string? IdOf(string connector, string? account) => string.IsNullOrEmpty(account) ? null : Id(new SourceId(connector, account));

    private string Id(SourceId account)
    {
        if (_bound.TryGetValue(account, out var bound))
            return bound;
        return _accounts.GetValueOrDefault(account)?.Email is { } email ? _byEmail.GetValueOrDefault(email, email) : account.ToString();
    }
}

/// <summary>A person with all accounts.</summary>
internal sealed record KnownPerson(string Id, string DisplayName, IReadOnlyList<string> Emails, IReadOnlyList<string> Accounts);
