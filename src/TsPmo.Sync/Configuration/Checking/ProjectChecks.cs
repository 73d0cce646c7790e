using TsPmo.Sync.Configuration.Options;
using TsPmo.Sync.Configuration.Reading;

namespace TsPmo.Sync.Configuration.Checking;

/// <summary>Whether projects and portfolios name what exists, and plans can be kept.</summary>
internal static class ProjectChecks
{
    public static void Check(TsPmoOptions options, SettingProblems problems)
    {
        foreach (var (key, project) in options.Projects)
        {
            var path = $"TsPmo:Projects:{key}";
            CheckName(path, key, problems);
            CheckPlan($"{path}:Plan", project.Plan, problems);
            foreach (var (name, source) in project.Sources)
                CheckSource(options, $"{path}:Sources:{name}", source, problems);
        }

        foreach (var (key, portfolio) in options.Portfolios)
            CheckPortfolio(options, $"TsPmo:Portfolios:{key}", portfolio, problems);
    }

    /// <summary>Keys become parts of paths and of the marks we leave in trackers.</summary>
    public static void CheckName(string path, string name, SettingProblems problems)
    {
        if (name.Any(c => c == '/' || char.IsWhiteSpace(c) || char.IsControl(c)))
            problems.Add(path, null, "has a name with a slash or white space in it", "name it with letters, digits, points, hyphens and underscores");
    }

    private static void CheckPlan(string path, PlanOptions plan, SettingProblems problems)
    {
        if (plan is { Start: { } start, Finish: { } finish } && start > finish)
            problems.Add($"{path}:Start", Text(start), $"lies after Finish, {Text(finish)}", "swap them, or correct one");
    }

    private static void CheckSource(TsPmoOptions options, string path, SourceOptions source, SettingProblems problems)
    {
        ConnectorChecks.RequireConnector(options, $"{path}:Connector", source.Connector, problems);
        if (source.Query?.Contains("ORDER BY", StringComparison.OrdinalIgnoreCase) == true)
            problems.Add($"{path}:Query", source.Query, "carries an order", "leave the condition alone: what decides whether an item belongs has no order");
        if (!string.IsNullOrEmpty(source.Board))
            problems.Add($"{path}:Board", source.Board, "cannot be followed: this build does not narrow a source by a board", "remove it, or narrow by AreaPath, Components or Types");
    }

    private static void CheckPortfolio(TsPmoOptions options, string path, PortfolioOptions portfolio, SettingProblems problems)
    {
        foreach (var (project, index) in portfolio.Projects.Select((p, i) => (p, i)).Where(p => !options.Projects.ContainsKey(p.p)))
            problems.Add($"{path}:Projects:{index}", project, "is not a project", NearestName.Advice(project, [.. options.Projects.Keys]));
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
