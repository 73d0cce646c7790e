using TsPmo.Model.Governance;

namespace TsPmo.Engine.Intake;

/// <summary>What reported rows are judged by.</summary>
/// <param name="Pmo">What is configured.</param>
/// <param name="Now">The instant of the report.</param>
internal sealed record IntakeRules(PmoDefinition Pmo, DateTimeOffset Now)
{
    /// <summary>A reporting machine's clock may be ahead of ours, but not by a day.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <summary>The row's project: a key of ours, or a tracker's project that one of ours binds. A row of any other would never be seen again.</summary>
    public string Project(IntakeRow row)
    {
        var project = row.Needed("project");
        var known = Pmo.Projects.Values.SelectMany(p => p.Sources.Select(s => s.Project).Append(p.Key)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (project.Length > 0 && !known.Contains(project, StringComparer.OrdinalIgnoreCase))
            row.Refuse($"no configured project is called or binds \"{project}\"", $"project is one of {string.Join(", ", known.Order(StringComparer.Ordinal))}");
        return project;
    }

    /// <summary>An instant of the past.</summary>
    public DateTimeOffset? Past(IntakeRow row, string name)
    {
        var instant = row.Instant(name);
        if (instant > Now + Ahead)
            row.Refuse($"{name} lies in the future", $"report it when it has happened");
        return instant;
    }
}
