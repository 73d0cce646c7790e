using System.Globalization;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Normalising;

/// <summary>A revision: everything that stood in an item after one change of it.</summary>
internal static class RevisionFacts
{
    private const string BlockedTag = "Blocked";

    public static Normalised Of(JsonElement body, JsonElement context)
    {
        var fields = body.Child("fields") ?? default;
        if (body.Text("id") is not { } id || body.Whole("rev") is not { } rev || fields.Instant(FieldNames.ChangedDate) is not { } at)
            return AzureDevOpsNormaliser.NotUnderstood("A revision lacks its id, number or date.");
        var author = WireIdentity.Read(fields.Child(FieldNames.ChangedBy));
        if (fields.Text(FieldNames.WorkItemType) is null)
            return Stub(id, rev, at, author, fields);

        var values = Values(fields, context);
        var creator = WireIdentity.Read(fields.Child(FieldNames.CreatedBy));
        var assignee = WireIdentity.Read(fields.Child(FieldNames.AssignedTo));
        var revision = new WorkItemEvent
        {
            ItemId = id,
            EventId = rev,
            At = at,
            Author = author?.Account,
            IsSnapshot = true,
            Values = values.ToDictionary(v => v.Key, v => new RawChange(default, v.Value), StringComparer.Ordinal),
        };
        var people = new[] { author, creator, assignee }.OfType<WireIdentity>().DistinctBy(p => p.Account).Select(p => p.ToFact());
        return new([Item(id, rev, at, creator?.Account, fields, values, context), revision, .. people], Violation(id, rev, fields));
    }

    /// <summary>
    /// A revision made in a project that nobody asked for. What cannot be understood of it is not put into quarantine: most such items are none of our business.
    /// </summary>
    public static Normalised OfForeign(JsonElement body, JsonElement context) =>
        body.Text("id") is { } id && Of(body, context).Facts is { Count: > 0 } facts ? new([new IfKnown(id, facts)]) : new([]);

    private static WorkItemFact Item(
        string id, long rev, DateTimeOffset at, string? reporter, JsonElement fields, Dictionary<string, RawValue> values, JsonElement context)
    {
        var spent = RawValue.OfNumber(fields.Number(FieldNames.CompletedWork));
        return new()
        {
            Id = id,
            Version = rev,
            Key = id,
            Url = AzureDevOpsClient.ItemAddress(context.Text("base") ?? "", fields.Text(FieldNames.TeamProject) ?? "", id),
            Title = fields.Text(FieldNames.Title) ?? "",
            Created = fields.Instant(FieldNames.CreatedDate) ?? at,
            Updated = at,
            Reporter = reporter,
            Values = spent.IsNone ? values : new Dictionary<string, RawValue>(values, StringComparer.Ordinal) { [RawFields.SpentHours] = spent },
        };
    }

    /// <summary>A deletion of which only the fact is told: it must not look as if every field had been emptied.</summary>
    private static Normalised Stub(string id, long rev, DateTimeOffset at, WireIdentity? author, JsonElement fields)
    {
        if (!fields.Flag(FieldNames.IsDeleted))
            return AzureDevOpsNormaliser.NotUnderstood("A revision has no type.");
        return new([new WorkItemEvent
        {
            ItemId = id,
            EventId = rev,
            At = at,
            Author = author?.Account,
            IsSnapshot = false,
            Values = new Dictionary<string, RawChange>(StringComparer.Ordinal) { [RawFields.Deleted] = new(RawValue.None, RawValue.OfFlag(true)) },
        }]);
    }

    private static Dictionary<string, RawValue> Values(JsonElement fields, JsonElement context)
    {
        var tags = (fields.Text(FieldNames.Tags) ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var values = new Dictionary<string, RawValue>(StringComparer.Ordinal)
        {
            [RawFields.Status] = RawValue.OfText(fields.Text(FieldNames.State)),
            [RawFields.Type] = RawValue.OfText(fields.Text(FieldNames.WorkItemType)),
            [RawFields.Project] = RawValue.OfText(fields.Text(FieldNames.TeamProject)),
            [RawFields.Parent] = RawValue.OfText(fields.Whole(FieldNames.Parent)?.ToString(CultureInfo.InvariantCulture)),
            [RawFields.Assignee] = RawValue.OfText(WireIdentity.Read(fields.Child(FieldNames.AssignedTo))?.Account),
            [RawFields.EstimateHours] = RawValue.OfNumber(fields.Number(FieldNames.OriginalEstimate)),
            [RawFields.RemainingHours] = RawValue.OfNumber(fields.Number(FieldNames.RemainingWork)),
            [RawFields.CompletedWork] = RawValue.OfNumber(fields.Number(FieldNames.CompletedWork)),
            [RawFields.Sprints] = Sprint(fields, context),
            [RawFields.Priority] = RawValue.OfNumber(fields.Number(FieldNames.Priority)),
            [RawFields.Labels] = RawValue.OfList(tags),
            [RawFields.Blocked] = RawValue.OfFlag(IsBlocked(fields, tags)),
            [RawFields.AreaPath] = RawValue.OfText(fields.Text(FieldNames.AreaPath)),
            [RawFields.Deleted] = RawValue.OfFlag(fields.Flag(FieldNames.IsDeleted)),
        };
        AddCandidates(fields, values);
        foreach (var empty in values.Where(v => v.Value.IsNone).Select(v => v.Key).ToList())
            values.Remove(empty);
        return values;
    }

    /// <summary>Every size and date that a mapping may choose. A date is told by its form, so that no list of fields has to travel along.</summary>
    private static void AddCandidates(JsonElement fields, Dictionary<string, RawValue> values)
    {
        foreach (var field in fields.EnumerateObject())
        {
            var isPlanning = FieldNames.Points.Contains(field.Name) || FieldNames.Finishes.Contains(field.Name) || field.Name == FieldNames.StartDate;
            if (!isPlanning && !FieldNames.IsOwn(field.Name))
                continue;
            values[RawFields.Custom(field.Name)] = fields.Number(field.Name) is { } number ? RawValue.OfNumber(number) : RawValue.OfDate(fields.Day(field.Name));
        }
    }

    /// <summary>
    /// What of a revision violates its own type. All else of it is taken; the revision is kept in quarantine besides, so that nobody takes the silence for an empty field.
    /// </summary>
    private static Problem? Violation(string id, long rev, JsonElement fields)
    {
        var broken = FieldNames.Required.Where(f => fields.Text(f) is null)
            .Concat(FieldNames.Numbers.Where(f => fields.Text(f) is not null && fields.Number(f) is null))
            .Concat(FieldNames.Dates.Where(f => fields.Text(f) is { } text && !WireDate.IsDate(text)))
            .Concat(fields.EnumerateObject().Select(f => f.Name).Where(f => FieldNames.IsOwn(f) && fields.Text(f) is { } text && !WireDate.IsDate(text) && fields.Number(f) is null))
            .Order(StringComparer.Ordinal).ToList();
        return broken.Count == 0 ? null : new(
            "record-not-understood",
            string.Create(CultureInfo.InvariantCulture, $"Revision {rev} of work item {id} violates its own type: {string.Join(", ", broken)} is missing or holds what its type does not allow."),
            "Everything else of the revision was taken. Look at the work item's history; a process that was changed or an import by another tool leaves such revisions.");
    }

    private static RawValue Sprint(JsonElement fields, JsonElement context) =>
        IterationKey.Of(fields) is { } key && context.Child("iterations").Text(key) is { } sprint ? RawValue.OfList([sprint]) : RawValue.None;

    private static bool IsBlocked(JsonElement fields, IEnumerable<string> tags) =>
        string.Equals(fields.Text(FieldNames.Blocked), "Yes", StringComparison.OrdinalIgnoreCase) || tags.Contains(BlockedTag, StringComparer.OrdinalIgnoreCase);
}
