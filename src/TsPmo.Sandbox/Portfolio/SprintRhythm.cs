using System.Globalization;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>The two-week beat of a tracker project, shared by its teams: plan on Friday, start on Monday, close on the second Friday or the Monday after.</summary>
internal sealed class SprintRhythm(IReadOnlyList<Stage> stages, RandomSequence random)
{
    private const int Days = 14;
    private readonly List<(string Id, SprintSpec Spec)> _sprints = [];
    private readonly Stage _lead = stages[0];

    private WorkCalendar Calendar => _lead.Calendar;

    public void Begin(DateOnly first, DateOnly lastDay)
    {
        var count = ((lastDay.DayNumber - first.DayNumber) / Days) + 1;
        if (!_lead.IsJira) _lead.Director.At(Calendar.At(_lead.Start, 9.5), () => AnnounceAll(first, count + 3));
        for (var number = 0; number < count; number++) Schedule(number, first.AddDays(number * Days));
    }

    private void Schedule(int number, DateOnly monday)
    {
        var director = _lead.Director;
        var begin = monday;
        while (!WorkCalendar.IsWorkday(begin)) begin = begin.AddDays(1);
        director.At(Calendar.At(monday.AddDays(-4), random.Between(10.0, 11)), () => Announce(number, monday));
        director.At(Calendar.At(monday.AddDays(-3), 14), () => Plan(number));
        director.At(Calendar.At(begin, random.Between(8.6, 9.4)), () => Activate(number));
        var closing = random.Chance(0.3) ? Calendar.At(monday.AddDays(Days), random.Between(8.0, 8.5)) : Calendar.At(monday.AddDays(11), random.Between(15.5, 17.5));
        director.At(closing, () => Close(number));
    }

    private void AnnounceAll(DateOnly first, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var monday = first.AddDays(number * Days);
            var spec = new SprintSpec(_lead.Setup.Project, Name(number), null, "future", Midnight(monday), Midnight(monday.AddDays(11)), Teams: [.. stages.Select(s => s.Setup.Team).OfType<string>()]);
            _sprints.Add((_lead.Tracker.AddSprint(spec), spec));
        }
    }

    private void Announce(int number, DateOnly monday)
    {
        if (!_lead.IsJira) return;
        var goal = random.Chance(0.7) ? Wording.Story(random) : null;
        var spec = new SprintSpec(_lead.Setup.Project, Name(number), goal, "future", Calendar.At(monday, 9), Calendar.At(monday.AddDays(11), 17));
        _sprints.Add((_lead.Tracker.AddSprint(spec), spec));
    }

    private void Plan(int number)
    {
        foreach (var stage in stages)
        {
            if (stage.IsClosed) continue;
            stage.Board.Next = _sprints[number].Id;
            if (!stage.IsJira) StateCapacity(stage, number);
            var wanted = (int)Math.Round(stage.Sizes.Members * 9 / stage.Sizes.StoryDays * random.Between(0.95, 1.3)) - stage.Board.Waiting.Count - (stage.Board.Doing.Count / 2);
            for (var index = 0; index < wanted; index++)
                stage.Director.At(stage.Director.Now.AddSeconds(20 + (index * 41)), () => Take(stage, number));
        }
    }

    private void Take(Stage stage, int number)
    {
        if (stage.Backlog.Take(i => i.IsOpen && i.Spec.Project == stage.Setup.Project) is not { } item) return;
        var edits = new List<ItemEdit> { new(ItemField.Sprints, Joined(stage, item, _sprints[number].Id)) };
        if (stage.Types.Story.All(TruthState.ToDo) is [_, .., var ready] && item.Type.Workflow.Any(s => s.Name == ready)) edits.Add(new(ItemField.Status, ready));
        stage.Edit(stage.Owner, item, edits);
        if (!stage.IsJira) CarryChildren(stage, item, _sprints[number].Id);
        (stage.Board.Current == _sprints[number].Id ? stage.Board.Waiting : stage.Board.Planned).Add(item);
    }

    private void Activate(int number)
    {
        var (id, spec) = _sprints[number];
        if (_lead.IsJira) Change(number, spec with { State = "active", Activated = _lead.Director.Now });
        foreach (var stage in stages)
        {
            var board = stage.Board;
            board.Current = id;
            board.Waiting.AddRange(board.Planned);
            board.Planned.Clear();
            if (!stage.IsClosed) ScheduleSecondThoughts(stage, number);
        }
    }

    private void ScheduleSecondThoughts(Stage stage, int number)
    {
        var monday = stage.Day;
        for (var added = random.Between(0, 4); added > 0; added--)
            stage.Director.At(Calendar.During(WorkCalendar.AddWorkdays(monday, random.Between(1, 9)), random), () => { if (IsRunning(stage, number)) Take(stage, number); });
        if (random.Chance(0.4)) stage.Director.At(Calendar.During(WorkCalendar.AddWorkdays(monday, random.Between(2, 9)), random), () => { if (IsRunning(stage, number)) TakeOut(stage, number); });
        if (_lead.IsJira && random.Chance(0.05)) stage.Director.At(Calendar.At(monday.AddDays(8), 11), () => Change(number, _sprints[number].Spec with { End = _sprints[number].Spec.End?.AddDays(3) }));
    }

    private bool IsRunning(Stage stage, int number) => stage.Board.Current == _sprints[number].Id && !stage.IsClosed;

    private void TakeOut(Stage stage, int number)
    {
        if (stage.Board.Waiting.Count == 0) return;
        var item = random.Pick(stage.Board.Waiting);
        stage.Board.Waiting.Remove(item);
        if (!item.IsOpen || item.Deleted) return;
        stage.Edit(stage.Owner, item, new ItemEdit(ItemField.Sprints, item.Spec.Sprints.Where(s => s != _sprints[number].Id).ToList()));
        stage.Backlog.Insert(item, urgent: true);
    }

    private void Close(int number)
    {
        var (id, spec) = _sprints[number];
        if (_lead.IsJira) Change(number, spec with { State = "closed", Completed = _lead.Director.Now });
        foreach (var stage in stages) CarryOver(stage, id);
    }

    private void CarryOver(Stage stage, string closed)
    {
        var board = stage.Board;
        var next = board.Next == closed ? null : board.Next;
        board.Current = null;
        foreach (var item in board.Doing.Where(i => i.IsOpen && i.Spec.Sprints.Contains(closed))) MoveOn(stage, item, closed, next);
        foreach (var item in board.Waiting.Where(i => i.IsOpen).ToList())
        {
            var stays = next is not null && random.Chance(0.8);
            MoveOn(stage, item, closed, stays ? next : null);
            if (stays) continue;
            board.Waiting.Remove(item);
            stage.Backlog.Insert(item, urgent: false);
        }
    }

    private static void MoveOn(Stage stage, LiveItem item, string closed, string? next)
    {
        if (item.Spec.Project != stage.Setup.Project) return;
        IReadOnlyList<string> kept = stage.IsJira ? item.Spec.Sprints : item.Spec.Sprints.Where(s => s != closed).ToList();
        stage.Edit(stage.Owner, item, new ItemEdit(ItemField.Sprints, next is null ? kept : kept.Append(next).Distinct().ToList()));
        if (!stage.IsJira && next is not null) CarryChildren(stage, item, next);
    }

    private static void CarryChildren(Stage stage, LiveItem item, string sprint)
    {
        foreach (var child in stage.ChildrenOf(item).Where(c => c.IsOpen)) stage.Edit(stage.Owner, child, new ItemEdit(ItemField.Sprints, (IReadOnlyList<string>)[sprint]));
    }

    private void StateCapacity(Stage stage, int number)
    {
        if (stage.Setup.Team is not { } team || _sprints[number].Spec.Start is not { } start) return;
        var first = DateOnly.FromDateTime(start.UtcDateTime);
        var rows = stage.Team.Select(account => Row(account, first)).ToList();
        var holidays = Enumerable.Range(0, 12).Select(first.AddDays).Where(d => WorkCalendar.IsHoliday(d) && d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
        stage.Tracker.SetCapacity(new CapacitySpec(stage.Setup.Project, team, _sprints[number].Id, rows, [.. holidays.Select(d => new DateRange(d, d))]));
    }

    private CapacityRow Row(string account, DateOnly first)
    {
        var hours = random.Between(8, 15) / 2.0;
        IReadOnlyList<(string, double)> activities = random.Chance(0.25) ? [("Development", hours - 2), ("Testing", 2)] : [("Development", hours)];
        var off = first.AddDays(random.Between(0, 5));
        IReadOnlyList<DateRange> daysOff = random.Chance(0.2) ? [new DateRange(off, off.AddDays(random.Between(0, 4)))] : [];
        return new CapacityRow(account, activities, daysOff);
    }

    private void Change(int number, SprintSpec spec)
    {
        _sprints[number] = (_sprints[number].Id, spec);
        _lead.Tracker.ChangeSprint(_sprints[number].Id, spec);
    }

    private static IReadOnlyList<string> Joined(Stage stage, LiveItem item, string sprint) => stage.IsJira ? [.. item.Spec.Sprints.Append(sprint).Distinct()] : [sprint];

    private string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"{(_lead.IsJira ? _lead.Setup.Project + " " : "")}Sprint {number + 1}");

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
