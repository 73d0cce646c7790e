using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TsPmo.Sandbox.Jira.Answers;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>Turns the body of an edit ("fields" sets, "update" adds and removes) into acts. One wrong field refuses the whole edit.</summary>
internal sealed class IssueEdits(IssueFields fields)
{
    /// <summary>The edits asked for, or the refusal.</summary>
    public JiraAnswer? Read(JiraCall call, JiraIssue issue, out List<ItemEdit> edits)
    {
        edits = [];
        var texts = new List<Action>();
        foreach (var (name, value) in call.Member("fields") as JsonObject ?? [])
        {
            if (Add(call, issue, name, "set", value, edits, texts) is { } refusal)
                return refusal;
        }
        foreach (var (name, operations) in call.Member("update") as JsonObject ?? [])
        {
            foreach (var (operation, value) in (operations as JsonArray ?? []).OfType<JsonObject>().SelectMany(o => o))
            {
                if (Add(call, issue, name, operation, value, edits, texts) is { } refusal)
                    return refusal;
            }
        }
        texts.ForEach(write => write());
        return null;
    }

    private JiraAnswer? Add(JiraCall call, JiraIssue issue, string name, string operation, JsonNode? value, List<ItemEdit> edits, List<Action> texts)
    {
        if (fields.Find(name) is not { } field || !field.Operations.Contains(operation))
            return JiraAnswer.FieldError(400, name, $"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown.");
        if (Edit(call, issue, field, operation, value, edits) is { } edit)
        {
            edits.Add(edit);
            return null;
        }
        if (field.IsFree)
            return SetFree(call, issue, field, value, texts);
        return field.Id == "description"
            ? SetDescription(call, issue, value, texts)
            : JiraAnswer.FieldError(400, name, "Operation value is not valid for this field.");
    }

    private static JiraAnswer? SetFree(JiraCall call, JiraIssue issue, IssueField field, JsonNode? value, List<Action> texts)
    {
        var option = field.Options.FirstOrDefault(o => AnswerWriter.Text(o.Id) == Text(value?["id"]) || o.Name == Text(value?["value"]));
        if (field.Options.Count > 0 && value is not null && option is null)
            return JiraAnswer.FieldError(400, field.Id, "Specify a valid 'id' or 'name' for this field.");
        if (field.Options.Count == 0 && value is not null && Fault(call, field, value) is { } fault)
            return JiraAnswer.FieldError(400, field.Id, fault);
        texts.Add(() => Keep(call, issue, field, option is null ? value : FreeFields.Option(option)));
        return null;
    }

    private static string? Fault(JiraCall call, IssueField field, JsonNode value)
    {
        if (call.Dialect.IsCloud && FreeFields.IsLong(field))
            return AtlassianDocument.Fault(value);
        if (Text(value) is not { } text)
            return "Operation value must be a string";
        return !FreeFields.IsLong(field) && text.Length > 255 ? "The entered text is too long. It exceeds the allowed limit of 255 characters." : null;
    }

    private static void Keep(JiraCall call, JiraIssue issue, IssueField field, JsonNode? value)
    {
        var before = issue.Free.GetValueOrDefault(field.Id);
        if (Text(value) is "")
            value = null;
        if (JsonNode.DeepEquals(before, value))
            return;
        issue.Free.Remove(field.Id);
        if (value is not null)
            issue.Free[field.Id] = value.DeepClone();
        call.Site.Record(issue, call.Caller ?? call.Site.Bot, call.Site.Now, [new(field.Name, field.Id, true, null, Told(before), null, Told(value))]);
    }

    private static string? Told(JsonNode? value) => value is JsonObject option && option["value"] is { } chosen ? chosen.ToString() : value?.ToString();

    private static ItemEdit? Edit(JiraCall call, JiraIssue issue, IssueField field, string operation, JsonNode? value, List<ItemEdit> edits)
    {
        var custom = call.Dialect.Fields;
        return field.Id switch
        {
            "summary" => Text(value) is { Length: > 0 } text ? new(ItemField.Title, text) : null,
            "labels" => Labels(issue, operation, value, edits),
            "duedate" => Date(ItemField.PlannedFinish, value),
            "priority" => Named(call.Site.Catalogue.Priorities, value) is { } priority ? new(ItemField.Priority, priority.Name) : null,
            "assignee" => Assignee(call.Site, value),
            "fixVersions" => Versions(issue, operation, value, edits),
            _ when field.Schema.CustomId == custom.Points => Number(value),
            _ when field.Schema.CustomId == custom.StartDate => Date(ItemField.PlannedStart, value),
            _ when field.Schema.CustomId == custom.Flagged => Flag(operation, value),
            _ => null,
        };
    }

    private static JiraAnswer? SetDescription(JiraCall call, JiraIssue issue, JsonNode? value, List<Action> texts)
    {
        if (call.Dialect.IsCloud && value is not null && AtlassianDocument.Fault(value) is { } fault)
            return JiraAnswer.FieldError(400, "description", fault);
        texts.Add(() =>
        {
            issue.Description = value?.DeepClone();
            call.Site.Record(issue, call.Caller ?? call.Site.Bot, call.Site.Now, [new("description", "description", false, null, null, null, value?.ToJsonString())]);
        });
        return null;
    }

    private static ItemEdit? Labels(JiraIssue issue, string operation, JsonNode? value, List<ItemEdit> edits)
    {
        var now = Pending(edits, ItemField.Labels) ?? issue.Labels;
        if (operation == "set")
            return value is JsonArray all && all.All(l => IsLabel(Text(l))) ? new(ItemField.Labels, Texts(all)) : null;
        if (Text(value) is not { } label || !IsLabel(label))
            return null;
        return new(ItemField.Labels, operation == "add" ? [.. now.Union([label])] : now.Except([label]).ToArray());
    }

    private static ItemEdit? Versions(JiraIssue issue, string operation, JsonNode? value, List<ItemEdit> edits)
    {
        var now = Pending(edits, ItemField.Versions) ?? [.. issue.FixVersions.Select(v => AnswerWriter.Text(v.Id))];
        var wanted = (operation == "set" ? value as JsonArray : [value?.DeepClone()])?.Select(v => Version(issue.Project, v)).ToList();
        if (wanted is null || wanted.Contains(null))
            return null;
        var ids = wanted.OfType<string>();
        return new(ItemField.Versions, operation switch { "set" => ids.ToArray(), "add" => now.Union(ids).ToArray(), _ => now.Except(ids).ToArray() });
    }

    private static string? Version(JiraProject project, JsonNode? value) =>
        project.Versions.Find(v => AnswerWriter.Text(v.Id) == Text(value?["id"]) || v.Spec.Name == Text(value?["name"])) is { } version ? AnswerWriter.Text(version.Id) : null;

    private static IReadOnlyList<string>? Pending(List<ItemEdit> edits, ItemField field) =>
        edits.FindLast(e => e.Field == field)?.Value as IReadOnlyList<string>;

    private static ItemEdit? Date(ItemField field, JsonNode? value)
    {
        if (value is null)
            return new(field, null);
        return DateOnly.TryParseExact(Text(value), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? new(field, date) : null;
    }

    private static ItemEdit? Number(JsonNode? value)
    {
        if (value is null)
            return new(ItemField.Points, null);
        return value is JsonValue number && number.TryGetValue<double>(out var points) ? new(ItemField.Points, points) : null;
    }

    private static ItemEdit? Flag(string operation, JsonNode? value)
    {
        var raised = operation switch { "set" => value is JsonArray { Count: > 0 }, "add" => true, _ => false };
        return new(ItemField.Blocked, raised);
    }

    private static ItemEdit? Assignee(JiraSite site, JsonNode? value)
    {
        if (value is null)
            return new(ItemField.Assignee, null);
        var user = site.Dialect.IsCloud ? site.Users.Find(Text(value["accountId"])) : Text(value["name"]) is { } name ? site.Users.ByName(name) : null;
        return user is null ? null : new(ItemField.Assignee, user.Account);
    }

    private static JiraOption? Named(IReadOnlyList<JiraOption> options, JsonNode? value) =>
        options.FirstOrDefault(o => AnswerWriter.Text(o.Id) == Text(value?["id"]) || string.Equals(o.Name, Text(value?["name"]), StringComparison.OrdinalIgnoreCase));

    private static bool IsLabel(string? label) => label is { Length: > 0 and <= 255 } && !label.Any(char.IsWhiteSpace);

    private static string[] Texts(JsonArray array) => [.. array.Select(n => Text(n) ?? "")];

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
