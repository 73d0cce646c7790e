using System.Text.RegularExpressions;

namespace TsPmo.Plugins.Connectors.Jira.Publishing.Comment;

/// <summary>
/// The last line of a comment of ours. It names the publication, so that the comment is found again after a crash; carries the hash of the
/// report, so that the same figures are not written twice; and a check over the lines above, so that a person's edit shows.
/// </summary>
internal sealed partial record CommentMarker(string Publication, string ReportHash, string Check)
{
    private const string Product = "TsPmo.Sync";

    public override string ToString() => $"{Product} · {Publication} · {ReportHash}-{Check}";

    /// <summary>The marker of some lines.</summary>
    public static CommentMarker For(string publication, string contentHash, IEnumerable<string> lines) =>
        new(publication, Fingerprint.Short(contentHash), Fingerprint.Of(string.Join('\n', lines)));

    /// <summary>The marker in a text's last line; null when there is none.</summary>
    public static CommentMarker? In(string? text) =>
        Form().Match(text?.Split('\n')[^1] ?? "") is { Success: true } match ? new(match.Groups["id"].Value, match.Groups["hash"].Value, match.Groups["check"].Value) : null;

    /// <summary>Whether the text above the marker is what it was when the marker was made.</summary>
    public bool Vouches(string text)
    {
        var end = text.LastIndexOf('\n');
        return Fingerprint.Of(end < 0 ? "" : text[..end]) == Check;
    }

    [GeneratedRegex(@"^TsPmo\.Sync · (?<id>.+) · (?<hash>[0-9a-z]{12})-(?<check>[0-9a-f]{12})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();
}
