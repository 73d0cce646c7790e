namespace TsPmo.Sandbox.Portfolio;

/// <summary>Describes a PMO project as its configuration needs it: plan, sources, and the places where its status is said.</summary>
internal sealed class Description(ProjectSetup project, IReadOnlyList<Stage> stages, WorkCalendar calendar)
{
    private static readonly string[] Sponsors = ["Helena Brunner", "Paul Marchetti", "Regula Frei", "Thomas Lindt"];
    private static readonly Dictionary<string, string> NoFields = [];

    private static readonly Dictionary<string, string> PmoFields = new(StringComparer.Ordinal)
    {
        ["Custom.PmoStatus"] = "{rag.overall}",
        ["Custom.PmoForecast"] = "{schedule.finish.p85}",
        ["Custom.PmoScheduleVariance"] = "{schedule.svt}",
        ["Custom.PmoDeployFrequency"] = "{delivery.deploymentFrequency.perWeek}",
    };

    public GovernedProject Write()
    {
        var first = stages[0];
        var planned = project.Planned;
        return new GovernedProject(
            project.Key,
            project.Name,
            project.Methodology,
            Sponsors[project.Key.Length % Sponsors.Length],
            first.Tracker.Live.People[first.Owner].DisplayName,
            planned ? first.Start : null,
            planned ? first.PlanFinish : null,
            planned ? calendar.At(first.FirstSprint, 0) : null,
            project.Budget,
            "CHF",
            [.. stages.Select(Source)],
            [.. stages.SelectMany(Publications)],
            new DeploymentRules(["(?i)^prod"], [], Versions: false));
    }

    private static SourceScope Source(Stage stage) => new(
        Prefix(stage), stage.Tracker.Name, stage.Setup.Project, stage.Setup.Team is { } team ? $"{stage.Setup.Project}\\{team}" : null, stage.Setup.Team);

    private static IEnumerable<PublicationPlace> Publications(Stage stage)
    {
        if (stage.Anchor is not { } anchor) yield break;
        if (!stage.IsJira)
        {
            yield return new PublicationPlace($"{Prefix(stage)}-fields", stage.Tracker.Name, "Fields", anchor.Id, PmoFields);
            yield break;
        }

        yield return new PublicationPlace($"{Prefix(stage)}-property", stage.Tracker.Name, "Property", anchor.Key, NoFields);

        // Data Center mails every edit of a comment, so the quiet default there is the property alone.
        if (stage.Setup.Tracker == Hosting.TrackerKind.JiraCloud) yield return new PublicationPlace($"{Prefix(stage)}-comment", stage.Tracker.Name, "Comment", anchor.Key, NoFields);
    }

    private static string Prefix(Stage stage) => stage.IsJira ? "jira" : "ado";
}
