using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TsPmo.Sandbox.Control;

/// <summary>
/// Remembers the latest page of each list, so that a further page can be answered with the one before it. Only the direct predecessor
/// serves: anything else would be a page of another reading, which no client could ever find out.
/// </summary>
internal sealed partial class EarlierPages
{
    private const int Kept = 64;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Page> _latest = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Remember(string method, string path, byte[] body, byte[] answer)
    {
        var (list, _, start) = Read(method, path, body);
        lock (_gate)
        {
            if (!_latest.ContainsKey(list))
            {
                _order.Enqueue(list);
                if (_order.Count > Kept) _latest.Remove(_order.Dequeue());
            }

            _latest[list] = new Page(start, answer);
        }
    }

    /// <summary>The answer to the request that led to this one; null where this asks for no further page.</summary>
    public byte[]? Before(string method, string path, byte[] body)
    {
        var (list, token, start) = Read(method, path, body);
        lock (_gate)
        {
            if (!_latest.TryGetValue(list, out var page)) return null;
            var isNext = token is not null ? Encoding.UTF8.GetString(page.Answer).Contains($"\"{token}\"", StringComparison.Ordinal) : start > page.Start;
            return isNext ? page.Answer : null;
        }
    }

    private static (string List, string? Token, int Start) Read(string method, string path, byte[] body)
    {
        var text = $"{method} {path} {Encoding.UTF8.GetString(body)}";
        var token = Token().Match(text) is { Success: true } found ? Uri.UnescapeDataString(found.Groups["query"].Value + found.Groups["body"].Value) : null;
        var start = Start().Match(text) is { Success: true } position ? int.Parse(position.Groups["at"].Value, CultureInfo.InvariantCulture) : 0;
        var list = Punctuation().Replace(Start().Replace(Token().Replace(text, ""), ""), "");
        return (list, token is { Length: > 0 } ? token : null, start);
    }

    [GeneratedRegex("""[?&"](?:nextPageToken|continuationToken)(?:=(?<query>[^&\s]*)|"\s*:\s*(?:null|"(?<body>[^"]*)"))""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    [GeneratedRegex("""[?&"]startAt(?:=|"\s*:\s*)(?<at>\d{1,9})""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Start();

    /// <summary>What stands between parameters, which taking one of them away would leave behind.</summary>
    [GeneratedRegex("[?&,{}]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Punctuation();

    private sealed record Page(int Start, byte[] Answer);
}
