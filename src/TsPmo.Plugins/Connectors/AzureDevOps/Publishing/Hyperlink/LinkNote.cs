using System.Text.Json.Serialization;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Publishing;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Hyperlink;

/// <summary>A link and its comment.</summary>
/// <param name="Url">Where it leads.</param>
/// <param name="Comment">What stands beside it.</param>
internal sealed record NotedLink(string Url, string Comment)
{
    /// <summary>As people read it.</summary>
    public string Shown() => PlainText.Join([Comment, Url]);
}

/// <summary>
/// The comment beside our link: the status in one line, and behind it what tells our link from others, which state of the report it holds and, by a check over
/// line and address, whether a person changed it.
/// </summary>
internal sealed record LinkNote(string Publication)
{
    private const int Longest = 255;
    private const int LongestName = 100;
    private const string Separator = " · ";

    private string Beginning => $"tspmo:{(Publication.Length <= LongestName ? PlainText.OneLine(Publication) : PlainText.OneLine(Publication[..(LongestName - Fingerprint.Length)]) + Fingerprint.Of(Publication))}:";

    public NotedLink Write(StatusReport report, Uri address)
    {
        var url = address.AbsoluteUri;
        var room = Longest - Separator.Length - Mark(report, url, "").Length;
        var line = PlainText.OneLine($"{PlainText.Title(report)}: {PlainText.Headline(report, room)}", room);
        return new(url, $"{line}{Separator}{Mark(report, url, line)}");
    }

    public bool IsOurs(NotedLink link) => Parts(link).Mark.StartsWith(Beginning, StringComparison.Ordinal);

    /// <summary>Whether a link of ours says what the report says.</summary>
    public bool Says(NotedLink link, StatusReport report) => Parts(link).Mark.StartsWith($"{Beginning}{Fingerprint.Short(report.ContentHash)}-", StringComparison.Ordinal);

    /// <summary>Whether a link is what we last made it.</summary>
    public bool Vouches(NotedLink link)
    {
        var (line, mark) = Parts(link);
        return IsOurs(link) && mark.EndsWith($"-{Check(link.Url, line)}", StringComparison.Ordinal);
    }

    private string Mark(StatusReport report, string url, string line) => $"{Beginning}{Fingerprint.Short(report.ContentHash)}-{Check(url, line)}";

    private static string Check(string url, string line) => Fingerprint.Of($"{url}\n{line}");

    private static (string Line, string Mark) Parts(NotedLink link)
    {
        var at = link.Comment.LastIndexOf(Separator, StringComparison.Ordinal);
        return at < 0 ? (link.Comment, "") : (link.Comment[..at], link.Comment[(at + Separator.Length)..]);
    }
}

/// <summary>What must still hold when a link is written.</summary>
/// <param name="Item">The item's number.</param>
/// <param name="Project">Its project.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Index">The link's place among the relations; null where there is none yet.</param>
/// <param name="Standing">The link that stands there.</param>
internal sealed record LinkPrecondition(string Item, string Project, long Revision, int? Index, NotedLink? Standing);

/// <summary>What is kept of links.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NotedLink))]
[JsonSerializable(typeof(LinkPrecondition))]
internal sealed partial class LinkJson : JsonSerializerContext;
