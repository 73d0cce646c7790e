using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TsPmo.Sandbox.Jira.State;

/// <summary>The people of a site. Account ids depend on the e-mail alone in the cloud and on the order of registration in Data Center.</summary>
internal sealed class JiraUsers(JiraDialect dialect)
{
    private readonly List<JiraUser> _all = [];
    private readonly Dictionary<string, JiraUser> _byAccount = new(StringComparer.Ordinal);

    public IReadOnlyList<JiraUser> All => _all;

    public JiraUser Add(string displayName, string email, bool emailHidden)
    {
        if (ByEmail(email) is { } known)
            return known;
        var name = email.Split('@')[0].ToLowerInvariant();
        if (ByName(name) is not null)
            name = email.ToLowerInvariant();
        var user = new JiraUser(AccountOf(email), name, displayName, email, emailHidden);
        _all.Add(user);
        _byAccount.Add(user.Account, user);
        return user;
    }

    public JiraUser? Find(string? account) => account is not null && _byAccount.TryGetValue(account, out var user) ? user : null;

    public JiraUser? ByName(string name) => _all.Find(u => string.Equals(u.Name, name, StringComparison.OrdinalIgnoreCase));

    public JiraUser? ByEmail(string email) => _all.Find(u => string.Equals(u.Email, email, StringComparison.OrdinalIgnoreCase));

    /// <summary>The user an act names; an act by somebody unknown is a mistake of the caller.</summary>
    public JiraUser Get(string account) => Find(account) ?? throw new ArgumentException($"No person has the account '{account}'.", nameof(account));

    private string AccountOf(string email) => dialect.IsCloud
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email.ToLowerInvariant())))[..24]
        : "JIRAUSER" + (10001 + _all.Count).ToString(CultureInfo.InvariantCulture);
}
