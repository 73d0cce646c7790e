using System.Globalization;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Answers;

/// <summary>All fields of one edition, and the choice among them that a request makes.</summary>
internal sealed class IssueFields
{
    private const string Plain = "com.atlassian.jira.plugin.system.customfieldtypes:";
    private const string GreenHopper = "com.pyxis.greenhopper.jira:";
    private static readonly string[] _set = ["set"];

    private readonly Dictionary<string, IssueField> _byId;

    public IssueFields(JiraDialect dialect)
    {
        All = [.. SystemFields.All, .. Edition(dialect), .. Custom(dialect), .. Points(dialect), .. FreeFields.All];
        _byId = All.ToDictionary(f => f.Id, StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<IssueField> All { get; }

    /// <summary>
    /// The fields of a site as its list tells them: beside those of the edition a second "Start date" for every team-managed project, which
    /// nobody fills, and the request type where there is a service desk.
    /// </summary>
    public IEnumerable<IssueField> Of(JiraSite site) =>
    [
        .. All.Where(f => f.Schema.Custom != RequestTypes.Schema || site.SeenProjects.Any(p => p.IsServiceDesk)),
        .. site.SeenProjects.Where(p => p.IsTeamManaged).Select(p =>
            Of("Start date", 11000 + p.Id, "date", null, Plain + "datepicker", (w, _) => w.Json.WriteNullValue()) with { Scope = p }),
    ];

    public IssueField? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The fields a request names: ids, *all, *navigable, and any of them taken away by a minus. Unknown names are passed over, as Jira does.</summary>
    public IReadOnlyList<IssueField> Choose(IEnumerable<string> names)
    {
        var chosen = new List<IssueField>();
        foreach (var name in names)
        {
            if (name is "*all" or "*navigable")
                chosen.AddRange(All.Where(f => (f.Navigable || name == "*all") && !chosen.Contains(f)));
            else if (name.StartsWith('-'))
                chosen.RemoveAll(f => string.Equals(f.Id, name[1..], StringComparison.OrdinalIgnoreCase));
            else if (Find(name) is { } field && !chosen.Contains(field))
                chosen.Add(field);
        }
        return chosen;
    }

    private static IEnumerable<IssueField> Edition(JiraDialect dialect)
    {
        if (!dialect.IsCloud)
        {
            yield return SystemFields.Of("parent", "Parent", "issuelink", (w, i) => Parent(w, i.Type.IsSubtask ? i.Parent : null));
            yield break;
        }
        yield return SystemFields.Of("parent", "Parent", "issuelink", (w, i) => Parent(w, i.Parent));
        yield return SystemFields.Of("statuscategorychangedate", "Status Category Changed", "datetime",
            (w, i) => w.Json.WriteStringValue(JiraTime.Text(i.StatusCategoryChanged, w.Zone)));
    }

    private static IEnumerable<IssueField> Custom(JiraDialect dialect)
    {
        var ids = dialect.Fields;
        yield return Of("Sprint", ids.Sprint, "array", dialect.IsCloud ? "json" : "string", GreenHopper + "gh-sprint", SprintAnswers.Field);
        yield return Of("Epic Link", ids.EpicLink, "any", null, GreenHopper + "gh-epic-link", (w, i) => SystemFields.Optional(w, i.Project.IsTeamManaged ? null : i.Epic?.Key));
        yield return Of("Request Type", ids.RequestType, "sd-customerrequesttype", null, RequestTypes.Schema, RequestTypes.Field);
        yield return Of("Rank", ids.Rank, "any", null, GreenHopper + "gh-lexo-rank", (w, i) => w.Json.WriteStringValue(Rank(i)));
        yield return Of("Flagged", ids.Flagged, "array", "option", Plain + "multicheckboxes", Flagged) with { Operations = ["add", "set", "remove"] };
        yield return Of("Start date", ids.StartDate, "date", null, Plain + "datepicker",
            (w, i) => SystemFields.Optional(w, i.StartDate is { } date ? JiraTime.Day(date) : null)) with { Operations = _set };
    }

    /// <summary>The cloud has two fields that look like story points; the teams of this site use the first, and the second stays empty.</summary>
    private static IEnumerable<IssueField> Points(JiraDialect dialect)
    {
        var type = dialect.IsCloud ? GreenHopper + "jsw-story-points" : Plain + "float";
        yield return Of(dialect.PointsName, dialect.Fields.Points, "number", null, type, (w, i) => SystemFields.Optional(w, i.Points)) with { Operations = _set };
        if (dialect.IsCloud)
            yield return Of("Story Points", 10026, "number", null, Plain + "float", (w, _) => w.Json.WriteNullValue());
        else
            yield return Of("Epic Name", 10109, "string", null, GreenHopper + "gh-epic-label", (w, i) => SystemFields.Optional(w, i.Type.Kind == "Epic" ? i.Summary : null));
    }

    private static IssueField Of(string name, int number, string type, string? items, string custom, Action<AnswerWriter, JiraIssue> write) =>
        new(CustomFieldIds.Name(number), name, new(type, items, Custom: custom, CustomId: number), write);

    private static void Parent(AnswerWriter writer, JiraIssue? parent)
    {
        if (parent is null)
            writer.Json.WriteNullValue();
        else
            IssueAnswers.Reference(writer, parent);
    }

    private static void Flagged(AnswerWriter writer, JiraIssue issue)
    {
        if (!issue.Flagged)
        {
            writer.Json.WriteNullValue();
            return;
        }
        writer.Array([writer.Call.Dialect.Fields.ImpedimentOption], id => writer.Object(() =>
        {
            writer.Self("customFieldOption/" + AnswerWriter.Text(id));
            writer.Json.WriteString("value", "Impediment");
            writer.Id(id);
        }));
    }

    private static string Rank(JiraIssue issue) => "0|i" + issue.Id.ToString("x5", CultureInfo.InvariantCulture) + ":";
}
