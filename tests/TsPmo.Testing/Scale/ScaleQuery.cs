using System.Globalization;
using System.Text.RegularExpressions;

namespace TsPmo.Testing.Scale;

/// <summary>What a reader's query asks for, as far as a computed site need understand it: projects, a last update, single ids or keys.</summary>
internal sealed partial class ScaleQuery
{
    private readonly ScaleSite _site;
    private readonly HashSet<int> _projects;
    private readonly DateTimeOffset? _since;
    private readonly HashSet<int>? _ids;

    public ScaleQuery(ScaleSite site, string jql)
    {
        _site = site;
        _projects = [.. ScaleSite.ProjectKeys.Select((key, i) => (key, i)).Where(p => jql.Contains($"\"{p.key}\"", StringComparison.Ordinal)).Select(p => p.i)];
        if (SincePattern().Match(jql) is { Success: true } since)
            _since = DateTimeOffset.ParseExact(since.Groups["since"].Value, "yyyy/MM/dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if (IdPattern().Match(jql) is { Success: true } ids)
            _ids = [.. NumberPattern().Matches(ids.Value).Select(m => int.Parse(m.Value, CultureInfo.InvariantCulture)),
                .. KeyPattern().Matches(ids.Value).Select(m => ScaleSite.Id(int.Parse(m.Groups["number"].Value, CultureInfo.InvariantCulture) - 1))];
    }

    /// <summary>Numbers of the issues found, in the order of their ids, from a position on.</summary>
    public IEnumerable<int> From(int issue)
    {
        for (; issue < _site.Issues; issue++)
        {
            if (_ids is null ? _projects.Contains(_site.ProjectOf(issue)) && !(_site.Updated(issue) < _since) : _ids.Contains(ScaleSite.Id(issue)))
                yield return issue;
        }
    }

    [GeneratedRegex("updated >= \"(?<since>\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SincePattern();

    [GeneratedRegex("\\b(id|key|issuekey) (in|=) .*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IdPattern();

    [GeneratedRegex("\"SCALE\\d+-(?<number>\\d+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyPattern();

    [GeneratedRegex("(?<![A-Za-z0-9-])\\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NumberPattern();
}
