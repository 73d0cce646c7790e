using System.Globalization;

namespace TsPmo.Sandbox.Jira.State;

/// <summary>The access tokens given out for client credentials, each good for a while only.</summary>
internal sealed class AccessTokens
{
    private readonly Dictionary<string, DateTimeOffset> _ends = new(StringComparer.Ordinal);

    public string Give(DateTimeOffset now, int seconds)
    {
        var token = "sandbox-access-" + (_ends.Count + 1).ToString(CultureInfo.InvariantCulture);
        _ends[token] = now.AddSeconds(seconds);
        return token;
    }

    public bool IsGood(string token, DateTimeOffset now) => _ends.TryGetValue(token, out var end) && now < end;
}
