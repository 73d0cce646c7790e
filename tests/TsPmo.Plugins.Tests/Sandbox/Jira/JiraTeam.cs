using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Sandbox.Jira;

/// <summary>A small company: two projects (one Scrum, one Kanban) and two people, acting at instants that the tests give.</summary>
internal sealed class JiraTeam
{
    private static readonly StatusSpec[] _workflow = [new("To Do", TruthState.ToDo), new("In Progress", TruthState.InProgress), new("Done", TruthState.Done)];

    public static readonly DateTimeOffset Start = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly ITracker _jira;

    public JiraTeam(JiraServer server)
    {
        _jira = server.Jira;
        Mia = _jira.AddPerson(new("Mia Meier", "mia@acme.example"));
        Noa = _jira.AddPerson(new("Noa Nolan", "noa@acme.example", EmailHidden: true));
        TypeSpec[] types = [new("Story", "Story", _workflow), new("Epic", "Epic", _workflow), new("Sub-task", "Subtask", _workflow), new("Bug", "Bug", _workflow)];
        _jira.AddProject(new("PAY", "Payments", "Scrum", types));
        _jira.AddProject(new("OPS", "Operations", "Kanban", types));
        First = _jira.AddSprint(new("PAY", "PAY 1, hardening [gateway]", "Ship, then rest", "closed", Start, Start.AddDays(14), Start.AddMinutes(3), Start.AddDays(14).AddMinutes(9)));
        Second = _jira.AddSprint(new("PAY", "PAY 2", null, "active", Start.AddDays(14), Start.AddDays(28), Start.AddDays(14).AddMinutes(20)));
        Version = _jira.AddVersion(new("PAY", "4.2", new(2026, 10, 1), new(2026, 11, 20), Released: false, null));
        Later = _jira.AddVersion(new("PAY", "4.3", null, new(2026, 12, 20), Released: false, null));
    }

    public string Mia { get; }
    public string Noa { get; }
    public string First { get; }
    public string Second { get; }
    public string Version { get; }
    public string Later { get; }

    public CreatedItem Story(string title = "Refund a payment", DateTimeOffset? at = null) => Create(new("PAY", "Story", title, "To Do"), at);

    public CreatedItem Create(ItemSpec item, DateTimeOffset? at = null) => _jira.CreateItem(at ?? Start, Mia, item);

    public void Change(CreatedItem item, DateTimeOffset at, params ItemEdit[] edits) => _jira.ChangeItem(at, Mia, item.Id, edits);

    /// <summary>Moves an item to and fro, one history each, a minute apart.</summary>
    public void Rename(CreatedItem item, int times, DateTimeOffset? from = null)
    {
        for (var turn = 1; turn <= times; turn++)
            Change(item, (from ?? Start).AddMinutes(turn), new ItemEdit(ItemField.Title, $"Title {turn}"));
    }
}
