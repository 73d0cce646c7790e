namespace TsPmo.Plugins.Connectors.Jira.Wire;

/// <summary>
/// A sprint as a Java object printed of itself: <c>…Sprint@1f[id=44,rapidViewId=3,state=ACTIVE,name=…,goal=…]</c>, its members in any order. Name and goal are
/// free text with commas, brackets and even texts that look like members, so only a member whose value has the form of its kind ends them.
/// </summary>
/// <param name="Id">Its id.</param>
/// <param name="Board">Id of the board it was made on; null where that is not told.</param>
/// <param name="State">State in capitals.</param>
/// <param name="Completed">When it was closed.</param>
internal sealed record PrintedSprint(string Id, long? Board, string? State, DateTimeOffset? Completed)
{
    private const string Nothing = "<null>";

    private static readonly Dictionary<string, Func<string, bool>> Members = new(StringComparer.Ordinal)
    {
        ["id"] = IsNumber, ["rapidViewId"] = IsNumber, ["sequence"] = IsNumber, ["incompleteIssuesDestinationId"] = IsNumber,
        ["state"] = text => text.Length > 0 && text.All(char.IsAsciiLetter),
        ["startDate"] = IsInstant, ["endDate"] = IsInstant, ["completeDate"] = IsInstant, ["activatedDate"] = IsInstant,
        ["synced"] = IsFlag, ["autoStartStop"] = IsFlag,
        ["name"] = _ => true, ["goal"] = _ => true,
    };

    private sealed record Found(string Name, int At, int Value)
    {
        public bool IsFree => Name is "name" or "goal";
    }

    /// <summary>Reads a printed sprint; null when it tells no id. Never throws.</summary>
    public static PrintedSprint? Read(string printed)
    {
        var open = printed.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
            return null;
        var body = printed[(open + 1)..];
        if (body.EndsWith(']'))
            body = body[..^1];
        var members = Values(body, Chosen(Candidates(body)));
        return Text(members, "id") is { } id
            ? new(id, long.TryParse(Text(members, "rapidViewId"), System.Globalization.CultureInfo.InvariantCulture, out var board) ? board : null,
                Text(members, "state"), JiraTime.Instant(Text(members, "completeDate")))
            : null;
    }

    /// <summary>Every place that reads like the beginning of a member.</summary>
    private static List<Found> Candidates(string body)
    {
        var found = new List<Found>();
        for (var at = 0; at >= 0 && at < body.Length; at = Next(body, at))
        {
            var sign = body.IndexOf('=', at);
            if (sign < 0)
                break;
            var name = body[at..sign];
            if (!Members.TryGetValue(name, out var isValue))
                continue;
            var end = body.IndexOf(',', sign);
            if (isValue(end < 0 ? body[(sign + 1)..] : body[(sign + 1)..end]))
                found.Add(new(name, at, sign + 1));
        }

        return found;
    }

    private static int Next(string body, int at) => body.IndexOf(',', at) is var comma && comma < 0 ? -1 : comma + 1;

    /// <summary>
    /// One place for each member. Before the first free text all are true; behind it the last of each kind is, since what imitates a member stands inside the text.
    /// </summary>
    private static List<Found> Chosen(List<Found> candidates)
    {
        var free = candidates.FirstOrDefault(c => c.IsFree)?.At ?? int.MaxValue;
        return [.. candidates.GroupBy(c => c.Name, StringComparer.Ordinal)
            .Select(same => same.First() is var first && (first.IsFree || first.At < free) ? first : same.Last()).OrderBy(c => c.At)];
    }

    private static Dictionary<string, string> Values(string body, List<Found> members)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < members.Count; i++)
        {
            var end = i + 1 < members.Count ? members[i + 1].At - 1 : body.Length;
            values[members[i].Name] = body[members[i].Value..end];
        }

        return values;
    }

    private static string? Text(Dictionary<string, string> members, string name) =>
        members.TryGetValue(name, out var value) && value.Length > 0 && value != Nothing ? value : null;

    private static bool IsNumber(string text) => text == Nothing || (text.Length > 0 && text.All(char.IsAsciiDigit));

    private static bool IsInstant(string text) => text is Nothing or "" || JiraTime.Instant(text) is not null;

    private static bool IsFlag(string text) => text is Nothing or "true" or "false";
}
