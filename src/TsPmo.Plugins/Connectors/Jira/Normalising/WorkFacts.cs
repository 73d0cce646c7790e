using System.Text.Json;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Normalising;

/// <summary>People and the hours they booked.</summary>
internal static class WorkFacts
{
    private const decimal SecondsPerHour = 3600m;

    public static PersonFact? Person(JsonElement user)
    {
        if (JiraAccount.Of(user) is not { } account)
            return null;
        var email = user.Text("emailAddress");
        return new(account, user.Text("displayName") ?? account, string.IsNullOrWhiteSpace(email) ? null : email.Trim().ToLowerInvariant());
    }

    public static TimeEntryFact? TimeEntry(JsonElement worklog)
    {
        if (worklog.Text("id") is not { } id || worklog.Text("issueId") is not { } issue || JiraTime.Instant(worklog.Member("started")) is not { } started)
            return null;
        var updated = JiraTime.Instant(worklog.Member("updated")) ?? JiraTime.Instant(worklog.Member("created")) ?? started;
        return new(id, updated.ToUnixTimeMilliseconds(), issue, JiraAccount.Of(worklog.Member("author")), started, Hours(worklog.Integer("timeSpentSeconds")) ?? 0);
    }

    /// <summary>Hours of a number of seconds.</summary>
    public static decimal? Hours(decimal? seconds) => seconds / SecondsPerHour;
}
