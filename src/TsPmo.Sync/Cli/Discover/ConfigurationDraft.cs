using TsPmo.Engine.History.Deployments;
using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;

namespace TsPmo.Sync.Cli.Discover;

/// <summary>
/// A draft of <c>Projects</c> and <c>Mapping</c> as JSON with comments: valid as it stands beside a configuration that has the connectors, and small
/// enough a step from there to what is meant.
/// </summary>
internal sealed class ConfigurationDraft
{
    private readonly DraftText _text = new();

    private ConfigurationDraft()
    {
    }

    /// <summary>The draft of what some connectors showed; those that showed nothing are not in it.</summary>
    public static string Of(IEnumerable<Discovered> discovered)
    {
        var shown = discovered.Where(d => d.Found.Projects.Count > 0 || d.Found.Statuses.Count > 0).ToList();
        var draft = new ConfigurationDraft();
        draft._text.Comment("A draft of what the connectors show. Keep the projects that the PMO governs and correct what is not meant;");
        draft._text.Comment("the connectors' own settings stay where they are.");
        using (draft._text.Object(null))
        using (draft._text.Object("TsPmo"))
        {
            using (draft._text.Object("Connectors"))
                shown.ForEach(draft.Connector);
            using (draft._text.Object("Projects"))
                draft.Projects(shown);
        }

        return draft._text.ToString();
    }

    private void Connector(Discovered discovered)
    {
        var found = discovered.Found;
        using (_text.Object(discovered.Connector.Name))
        using (_text.Object("Mapping"))
        {
            Points(found);
            _text.Comment("What the tracker's own categories say: ToDo, InProgress, Done or Removed. What is left out keeps its category.");
            using (_text.Object("States"))
            {
                foreach (var status in found.Statuses)
                    State(status, found);
            }
        }
    }

    private void Points(Discovery found)
    {
        if (found.PointsFields.Count == 0)
            _text.Comment("No field of points was found.");
        if (found.PointsFields is [var only])
            _text.Value("Points", only.Id, $"{only.Name}: {only.Why}");
        else if (found.PointsFields.Count > 1)
            _text.Comment("Fields that may hold points. Without Points each project goes by its board.");
        foreach (var field in found.PointsFields.Where(_ => found.PointsFields.Count > 1))
            _text.Comment($"\"Points\": \"{field.Id}\" is {field.Name}: {field.Why}");
    }

    /// <summary>What a problem is about is not decided by a draft.</summary>
    private void State(DiscoveredStatus status, Discovery found)
    {
        if (found.Problems.Any(p => p.Scope == status.Name))
            _text.Comment($"\"{status.Name}\" means different things in different places and is left to its categories.");
        else
            _text.Value(status.Name, status.State.ToString());
    }

    private void Projects(IReadOnlyList<Discovered> shown)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (connector, project) in shown.SelectMany(d => d.Found.Projects.Select(p => (d.Connector.Name, p))))
        {
            using (_text.Object(Key(connector, project, taken)))
                Project(connector, project);
        }
    }

    private void Project(string connector, DiscoveredProject project)
    {
        if (project.Boards.Count > 0)
            _text.Comment("Boards or teams: " + string.Join(", ", project.Boards));
        if (project.Environments.Count > 0)
            Environments(project.Environments);
        _text.Value("Name", project.Name);
        _text.Value("Methodology", project.HasSprints ? "Scrum" : "Kanban", "or Waterfall, or Hybrid");
        using (_text.Object("Sources"))
        using (_text.Object(connector))
        {
            _text.Value("Connector", connector);
            _text.Value("Project", project.Key);
        }
    }

    /// <summary>What a project deploys to, and what becomes of it under the rules that hold where none are given.</summary>
    private void Environments(IReadOnlyList<string> environments)
    {
        var rules = new DeploymentRules();
        _text.Comment("Environments (Deployments:Production tells which are production): " + string.Join(", ", environments));
        var counting = NearProduction.Counting(rules, environments);
        _text.Comment("Without it these count: " + (counting.Count > 0 ? string.Join(", ", counting) : "none"));
        foreach (var miss in NearProduction.Among(rules, environments))
            _text.Comment($"The {miss.Name} does not count: {miss.Why}");
    }

    /// <summary>The tracker's key where it is free; two trackers may use the same one. What the name of a project may not hold becomes a hyphen.</summary>
    private static string Key(string connector, DiscoveredProject project, HashSet<string> taken)
    {
        var key = string.Concat(project.Key.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-'));
        var name = taken.Contains(key) ? $"{key}-{connector}" : key;
        for (var i = 2; !taken.Add(name); i++)
            name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{key}-{connector}-{i}");
        return name;
    }
}
