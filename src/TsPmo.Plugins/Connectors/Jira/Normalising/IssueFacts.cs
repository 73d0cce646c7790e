using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Normalising;

/// <summary>An issue as it stands, its history and its links.</summary>
internal static class IssueFacts
{
    public static Normalised? Read(SourceRecord record)
    {
        var context = IssueContext.Read(record.Context);
        var issue = record.Body.Member("issue");
        if (Snapshot(issue, record.Body.Items("histories"), context) is not { } item)
            return null;
        var history = HistoryFacts.Read(item, issue.Member("fields"), record.Body.Items("histories"), context);
        List<Fact> facts = [item, .. history.Events, LinkFacts.Between(item.Id, issue.Member("fields").Member("issuelinks"))];
        if (record.Body.Member("remoteLinks") is { ValueKind: JsonValueKind.Array } remote)
            facts.Add(LinkFacts.Outside(item.Id, remote));
        var why = history.Unreadable > 0 ? $"{history.Unreadable} parts of its history are not readable" : LinkFacts.WhyNone(record.Body.Member("remoteLinks"));
        return new(facts, why is null ? null : JiraNormaliser.NotUnderstood(record, why));
    }

    private static WorkItemFact? Snapshot(JsonElement issue, IEnumerable<JsonElement> histories, IssueContext context)
    {
        var fields = issue.Member("fields");
        if (issue.Text("id") is not { } id || issue.Text("key") is not { } key
            || JiraTime.Instant(fields.Member("created")) is not { } created || JiraTime.Instant(fields.Member("updated")) is not { } updated)
            return null;
        return new()
        {
            Id = id,
            Version = updated.ToUnixTimeMilliseconds(),
            Key = key,
            Url = $"{context.BrowseBase}browse/{key}",
            Title = fields.Text("summary") ?? "",
            Created = created,
            Updated = updated,
            Reporter = JiraAccount.Of(fields.Member("reporter")),
            IsRestricted = fields.Member("security").IsThere(),
            Values = Values(fields, key, context).Append(new(RawFields.FormerKeys, FormerKeys(histories))).Where(v => !v.Value.IsNone).ToDictionary(StringComparer.Ordinal),
        };
    }

    /// <summary>Keys it had before it moved: addresses with them go on leading to it.</summary>
    private static RawValue FormerKeys(IEnumerable<JsonElement> histories) => RawValue.OfList(histories.SelectMany(h => h.Items("items"))
        .Where(ChangedField.IsKey).Select(i => i.Text("fromString")).OfType<string>());

    private static IEnumerable<KeyValuePair<string, RawValue>> Values(JsonElement fields, string key, IssueContext context)
    {
        yield return new(RawFields.Status, Named(fields.Member("status")));
        yield return new(RawFields.Resolution, RawValue.OfText(fields.Member("resolution").Text("name")));
        yield return new(RawFields.Type, Named(fields.Member("issuetype")));
        yield return new(RawFields.Project, RawValue.OfText(fields.Member("project").Text("key") ?? IssueKey.Project(key)));
        yield return new(RawFields.Parent, RawValue.OfText(Parent(fields, context)));
        yield return new(RawFields.Assignee, RawValue.OfText(JiraAccount.Of(fields.Member("assignee"))));
        yield return new(RawFields.EstimateHours, Hours(fields, "timeoriginalestimate"));
        yield return new(RawFields.RemainingHours, Hours(fields, "timeestimate"));
        yield return new(RawFields.SpentHours, Hours(fields, "timespent"));
        yield return new(RawFields.Sprints, RawValue.OfList(context.Sprint.SelectMany(id => SprintField.Ids(fields.Member(id)))));
        yield return new(RawFields.Milestones, RawValue.OfList(fields.Items("fixVersions").Select(v => v.Text("id")).OfType<string>()));
        yield return new(RawFields.Priority, RawValue.OfText(fields.Member("priority").Text("name")));
        yield return new(RawFields.Labels, RawValue.OfList(fields.Items("labels").Select(l => l.Text()).OfType<string>()));
        yield return new(RawFields.Blocked, RawValue.OfFlag(context.Flagged.Any(id => fields.Items(id).Any())));
        yield return new(RawFields.Components, RawValue.OfList(fields.Items("components").Select(c => c.Text("name")).OfType<string>()));
        foreach (var id in context.Points)
            yield return new(RawFields.Custom(id), RawValue.OfNumber(fields.Member(id).Number()));
        foreach (var id in context.Dates)
            yield return new(RawFields.Custom(id), RawValue.OfDate(JiraTime.Date(fields.Text(id))));
    }

    /// <summary>The parent, or what an epic link or the parent link of Plans names: by key, or in an object with the issue's id.</summary>
    private static string? Parent(JsonElement fields, IssueContext context) =>
        fields.Member("parent").Text("id") ?? context.EpicLink.Select(id => Linked(fields.Member(id), context)).FirstOrDefault(id => id is not null);

    private static string? Linked(JsonElement link, IssueContext context)
    {
        if (link.ValueKind != JsonValueKind.Object)
            return context.Epic(link.Text());
        var issue = link.Member("data") is { ValueKind: JsonValueKind.Object } data ? data : link;
        return issue.Text("id") ?? context.Epic(issue.Text("key"));
    }

    private static RawValue Named(JsonElement element) => RawValue.OfText(element.Text("name"), element.Text("id"));

    private static RawValue Hours(JsonElement fields, string field) => RawValue.OfNumber(WorkFacts.Hours(fields.Member(field).Number()));
}
