using System.Globalization;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Jira.State;

/// <summary>Everything one Jira site knows. All access happens while holding <see cref="Gate"/>.</summary>
internal sealed class JiraSite
{
    private readonly Dictionary<int, JiraIssue> _issues = [];
    private readonly Dictionary<string, JiraIssue> _keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _counters = new(StringComparer.Ordinal);

    public JiraSite(JiraDialect dialect, StandInContext context)
    {
        Dialect = dialect;
        Context = context;
        Users = new(dialect);
        Bot = Users.Add("PMO Bot", context.BotEmail, emailHidden: false);
        Zone = TimeZoneInfo.FindSystemTimeZoneById(Switches.ProfileTimeZone);
    }

    public Lock Gate { get; } = new();
    public JiraDialect Dialect { get; }
    public StandInContext Context { get; }
    public JiraUsers Users { get; }
    public JiraCatalogue Catalogue { get; } = new();

    /// <summary>The account that the token signs in.</summary>
    public JiraUser Bot { get; }

    /// <summary>The time zone in every profile: the one of dates in answers and of date literals in queries.</summary>
    public TimeZoneInfo Zone { get; private set; }

    /// <summary>Whether the bot may administer projects; only administrators may write without mails.</summary>
    public bool BotIsAdministrator => Switches.BotIsAdministrator;

    public JiraSwitches Switches { get; private set; } = new();

    public AccessTokens AccessTokens { get; } = new();

    /// <summary>Sets the site up anew.</summary>
    public void Set(JiraSwitches switches) => (Zone, Switches) = (TimeZoneInfo.FindSystemTimeZoneById(switches.ProfileTimeZone), switches);

    public Dictionary<string, JiraProject> Projects { get; } = new(StringComparer.OrdinalIgnoreCase);
    public SortedDictionary<int, JiraSprint> Sprints { get; } = [];
    public SortedDictionary<int, JiraVersion> Versions { get; } = [];
    public SortedDictionary<int, JiraWorklog> Worklogs { get; } = [];
    public List<(int Id, DateTimeOffset At)> DeletedWorklogs { get; } = [];
    public SortedDictionary<int, JiraLink> Links { get; } = [];
    public Dictionary<int, JiraComment> Comments { get; } = [];

    /// <summary>The instant of the latest act; sprints, which arrive without one, count as created then.</summary>
    public DateTimeOffset? LastAct { get; private set; }

    /// <summary>The issues that callers may see.</summary>
    public IEnumerable<JiraIssue> Issues => _issues.Values.Where(IsSeen);

    /// <summary>The projects that callers may browse.</summary>
    public IEnumerable<JiraProject> SeenProjects => Projects.Values.Where(IsSeen);

    /// <summary>Now, in whole milliseconds: Jira keeps no finer time.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = Context.Clock.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        }
    }

    public int NextId(string counter, int first)
    {
        var next = _counters.TryGetValue(counter, out var last) ? last + 1 : first;
        _counters[counter] = next;
        return next;
    }

    public void Add(JiraIssue issue)
    {
        _issues.Add(issue.Id, issue);
        _keys[issue.Key] = issue;
    }

    /// <summary>Gives the issue its key in another project; the old key keeps leading to it.</summary>
    public void Rekey(JiraIssue issue, JiraProject project)
    {
        issue.Project = project;
        issue.Key = project.NextKey();
        _keys[issue.Key] = issue;
    }

    public void Remove(JiraIssue issue)
    {
        _issues.Remove(issue.Id);
        foreach (var key in _keys.Where(k => k.Value == issue).Select(k => k.Key).ToList())
            _keys.Remove(key);
    }

    /// <summary>The issue with this id or this present or former key, where callers may see it.</summary>
    public JiraIssue? Find(string idOrKey) => FindAny(idOrKey) is { } issue && IsSeen(issue) ? issue : null;

    /// <summary>The issue with this id or key, whether callers may see it or not.</summary>
    public JiraIssue? FindAny(string idOrKey)
    {
        if (int.TryParse(idOrKey, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return _issues.GetValueOrDefault(id);
        return _keys.GetValueOrDefault(idOrKey);
    }

    public JiraIssue Get(string id) => FindAny(id) ?? throw new ArgumentException($"There is no issue {id}.", nameof(id));

    /// <summary>The project with this id or key, where callers may browse it.</summary>
    public JiraProject? FindProject(string idOrKey) => SeenProjects.FirstOrDefault(p =>
        string.Equals(p.Key, idOrKey, StringComparison.OrdinalIgnoreCase) || p.Id.ToString(CultureInfo.InvariantCulture) == idOrKey);

    public bool IsSeen(JiraProject project) => !Denies(project.Key, "BROWSE_PROJECTS");

    public bool IsSeen(JiraIssue issue) => !issue.Hidden && IsSeen(issue.Project);

    public bool Denies(string project, string permission) => Switches.Denied.TryGetValue(project, out var denied) && denied.Contains(permission);

    /// <summary>Whether the search knows of the issue yet.</summary>
    public bool IsIndexed(JiraIssue issue) => issue.Created <= Now - Lag;

    /// <summary>The last update that the search knows of.</summary>
    public DateTimeOffset IndexedUpdate(JiraIssue issue) => issue.Updated <= Now - Lag ? issue.Updated : issue.UpdatedBefore;

    private TimeSpan Lag => TimeSpan.FromMilliseconds(Switches.SearchLagMilliseconds);

    public JiraProject GetProject(string key) => Projects.GetValueOrDefault(key) ?? throw new ArgumentException($"There is no project {key}.", nameof(key));

    /// <summary>Writes an act into the issue's history and moves its last update; an act that changed nothing leaves no trace.</summary>
    public void Record(JiraIssue issue, JiraUser author, DateTimeOffset at, IReadOnlyList<HistoryItem> items)
    {
        if (items.Count == 0)
            return;
        issue.Histories.Add(new(NextId("history", 50001), author, at, items));
        Touch(issue, at);
    }

    public void Touch(JiraIssue issue, DateTimeOffset at)
    {
        if (at - issue.Updated >= Lag)
            issue.UpdatedBefore = issue.Updated;
        if (at > issue.Updated)
            issue.Updated = at;
        LastAct = at;
    }

    public void Notify(JiraIssue issue, string act) => Context.Notifications.Add(new(Dialect.Name, issue.IdText, act, Now));
}
