using System.Text.Json.Nodes;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Answers;

/// <summary>Fields of the site's own that mean nothing to Jira: a choice, a line and a long text, as an administrator makes them for a status.</summary>
internal static class FreeFields
{
    private const string Plain = "com.atlassian.jira.plugin.system.customfieldtypes:";

    public static IReadOnlyList<IssueField> All { get; } =
    [
        Of("PMO Status", 10401, "option", "select") with { Options = [new(10411, "Green"), new(10412, "Amber"), new(10413, "Red")] },
        Of("PMO Schedule Variance", 10402, "string", "textfield"),
        Of("PMO Report", 10403, "string", "textarea"),
    ];

    /// <summary>Whether a field holds a document in the cloud.</summary>
    public static bool IsLong(IssueField field) => field.Schema.Custom == Plain + "textarea";

    /// <summary>An option as it is told and as it is kept.</summary>
    public static JsonObject Option(JiraOption option) => new() { ["value"] = option.Name, ["id"] = AnswerWriter.Text(option.Id) };

    private static IssueField Of(string name, int number, string type, string custom)
    {
        var id = CustomFieldIds.Name(number);
        return new(id, name, new(type, Custom: Plain + custom, CustomId: number), (w, issue) =>
        {
            if (issue.Free.GetValueOrDefault(id) is { } value)
                value.WriteTo(w.Json);
            else
                w.Json.WriteNullValue();
        })
        { Operations = ["set"], IsFree = true };
    }
}
