using System.Text;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira;

/// <summary>
/// What each reason of Jira Cloud's 429 limits: a burst one endpoint, too many writes one issue, a spent quota everything until it begins anew.
/// A 429 without a reason, as Data Center sends it, limits everything.
/// </summary>
internal static class JiraLimits
{
    /// <summary>Sustained writes on one issue that Jira Cloud allows are 100 in 30 s; this keeps clear of them.</summary>
    private const double WritesPerSecondAndIssue = 3;

    /// <summary>An endpoint that was too fast begins again with a fifth of Jira's smallest allowance, which others share.</summary>
    private const double RequestsPerSecondAndEndpoint = 10;

    public static RateLimit Read(TrackerRequest request, IReadOnlyDictionary<string, string> headers) => headers.GetValueOrDefault("RateLimit-Reason") switch
    {
        "jira-burst-based" => new(Endpoint(request), UntilReset: false),
        "jira-per-issue-on-write" when Issue(request) is { } issue => new(issue, UntilReset: false),
        "jira-quota-global-based" or "jira-quota-tenant-based" => new(null, UntilReset: true),
        _ => new(null, UntilReset: false),
    };

    /// <summary>The lanes of a request: its endpoint and, where it writes, its issue.</summary>
    public static IReadOnlyList<Lane> Of(TrackerRequest request) => Issue(request) is { } issue ? [issue, Endpoint(request)] : [Endpoint(request)];

    private static Lane Endpoint(TrackerRequest request)
    {
        var name = new StringBuilder(request.Method.Method);
        var previous = "";
        foreach (var segment in Segments(request))
        {
            // Ids and keys carry digits; a project may also be named by letters alone.
            var isName = segment.Any(char.IsAsciiDigit) || (previous == "project" && segment != "search");
            name.Append('/').Append(isName ? "*" : segment);
            previous = segment;
        }

        return new(name.ToString(), RequestsPerSecondAndEndpoint);
    }

    private static Lane? Issue(TrackerRequest request)
    {
        var isWrite = request.Method == HttpMethod.Put || request.Method == HttpMethod.Delete || (request.Method == HttpMethod.Post && !request.IsIdempotent);
        if (!isWrite)
            return null;
        var segments = Segments(request);
        var at = Array.IndexOf(segments, "issue");
        return at >= 0 && at + 1 < segments.Length ? new($"issue {segments[at + 1].ToUpperInvariant()}", WritesPerSecondAndIssue) : null;
    }

    private static string[] Segments(TrackerRequest request)
    {
        var end = request.Path.IndexOf('?', StringComparison.Ordinal);
        return (end < 0 ? request.Path : request.Path[..end]).Split('/', StringSplitOptions.RemoveEmptyEntries);
    }
}
