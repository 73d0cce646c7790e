using System.Globalization;
using System.Text;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>The opaque token of the next page: it names the last issue told, so that issues which come or go in between shift nothing.</summary>
internal static class PageToken
{
    public static string After(JiraIssue last, int told) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{last.Id}:{told}")));

    public static string At(int position) => Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"0:{position}")));

    /// <summary>Where the next page begins among the issues found now; null for a token that is not ours.</summary>
    public static int? Start(string? token, IReadOnlyList<JiraIssue> found)
    {
        if (string.IsNullOrEmpty(token))
            return 0;
        if (Read(token) is not var (id, told))
            return null;
        for (var index = 0; index < found.Count; index++)
        {
            if (found[index].Id == id)
                return index + 1;
        }
        return Math.Min(told, found.Count);
    }

    public static int? Position(string? token) => string.IsNullOrEmpty(token) ? 0 : Read(token)?.Told;

    private static (int Id, int Told)? Read(string token)
    {
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length))
            return null;
        var parts = Encoding.ASCII.GetString(bytes, 0, length).Split(':');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var told)
            ? (id, told)
            : null;
    }
}
