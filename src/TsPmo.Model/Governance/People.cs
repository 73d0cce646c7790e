using TsPmo.Model.Work;

namespace TsPmo.Model.Governance;

/// <summary>
/// Who the trackers' accounts belong to. A person is the key in <c>People</c> that binds an account or another account with the same e-mail, else the e-mail where one
/// is visible, else the account itself.
/// </summary>
public sealed class People
{
    private readonly Dictionary<SourceId, string> _bound = [];
    private readonly Dictionary<SourceId, Account> _accounts;
    private readonly Dictionary<string, string> _byEmail = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, PersonDefinition> _configured;

    /// <summary>The people behind some accounts.</summary>
    /// <param name="configured">People bound by hand.</param>
    /// <param name="accounts">Every account, as the trackers show it.</param>
    public People(IEnumerable<PersonDefinition> configured, IEnumerable<Account> accounts)
    {
        _configured = configured.ToDictionary(p => p.Id, StringComparer.Ordinal);
        _accounts = accounts.ToDictionary(a => a.Id);
        foreach (var person in _configured.Values.OrderBy(p => p.Id, StringComparer.Ordinal))
        {
            foreach (var account in person.Accounts)
            {
                _bound.TryAdd(account, person.Id);
                if (_accounts.GetValueOrDefault(account)?.Email is { } email)
                    _byEmail.TryAdd(email, person.Id);
            }
        }
    }

    /// <summary>Nobody is known: every account is a person.</summary>
    public static People Unknown { get; } = new([], []);

    /// <summary>Everybody who has an account, ordered by id.</summary>
    public IReadOnlyList<KnownPerson> All =>
        [.. _accounts.OrderBy(a => a.Key).GroupBy(a => IdOf(a.Key), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new KnownPerson(
            g.Key,
            g.Select(a => a.Value.DisplayName).FirstOrDefault(n => !string.IsNullOrWhiteSpace(n)) ?? g.Key,
            [.. g.Select(a => a.Value.Email).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. g.Select(a => a.Key.ToString()).Order(StringComparer.Ordinal)]))];

    /// <summary>The person behind an account; null for no account.</summary>
    public string? IdOf(string connector, string? account) => string.IsNullOrEmpty(account) ? null : IdOf(new SourceId(connector, account));

    /// <summary>The person behind an account.</summary>
    public string IdOf(SourceId account)
    {
        if (_bound.TryGetValue(account, out var bound))
            return bound;
        return _accounts.GetValueOrDefault(account)?.Email is { } email ? _byEmail.GetValueOrDefault(email, email) : account.ToString();
    }

    /// <summary>What the configuration says of a person; null when it says nothing.</summary>
    public PersonDefinition? Configured(string person) => _configured.GetValueOrDefault(person);
}

/// <summary>An account as its tracker shows it.</summary>
/// <param name="Id">Connector and the tracker's account id.</param>
/// <param name="DisplayName">Name as shown.</param>
/// <param name="Email">Lower case; null where it is hidden.</param>
public sealed record Account(SourceId Id, string DisplayName, string? Email);

/// <summary>A person with all accounts (<c>connector:account</c>) and e-mails, each list in ordinal order.</summary>
public sealed record KnownPerson(string Id, string DisplayName, IReadOnlyList<string> Emails, IReadOnlyList<string> Accounts);
