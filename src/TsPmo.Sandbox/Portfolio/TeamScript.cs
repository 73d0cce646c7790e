using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>What one team does over the year: writes a backlog, works it off, meets bugs and incidents, changes its mind, and perhaps finishes.</summary>
internal sealed class TeamScript(Stage stage)
{
    private readonly ItemMaker _maker = new(stage);
    private readonly ItemLife _life = new(stage);
    private readonly ReleaseTrain _releases = new(stage);

    private StreamSizes Sizes => stage.Sizes;

    public void Begin()
    {
        _releases.Begin();
        WriteBacklog();
        Trickle();
        foreach (var account in stage.Team) new Worker(stage, _life, account).Begin();
        if (stage.Setup.Deploys is { } source) new DeploymentTrain(stage, source).Begin();
        for (var day = stage.FirstSprint.AddDays(28); day <= stage.LastDay; day = day.AddDays(28)) stage.Director.At(stage.Calendar.During(WorkCalendar.AddWorkdays(day, 1), stage.Random), Replan);
        if (stage.Project.CloseWeek is not null) new ClosingScript(stage, _life).Begin();
    }

    private void WriteBacklog()
    {
        stage.Director.At(stage.Calendar.At(stage.Start, 10.2), _maker.Anchor);
        for (var epic = 1; epic < Sizes.Epics; epic++)
        {
            var index = epic;
            stage.Director.At(stage.Calendar.At(stage.Start, stage.Random.Between(11.0, 18)), () => _maker.Epic(index - 1, Sizes.Epics - 1));
        }

        for (var feature = 0; feature < Sizes.Features; feature++) stage.Director.At(stage.Calendar.At(stage.Start.AddDays(1 + stage.Random.Between(0, 2)), stage.Random.Between(8.0, 18)), _maker.Feature);
        var known = Known();
        for (var index = 0; index < known; index++)
        {
            var place = (index + 1.0) / known;
            var day = WorkCalendar.AddWorkdays(stage.Start.AddDays(3), (int)(place * 5));
            stage.Director.At(stage.Calendar.During(day, stage.Random), () => Story(place));
        }
    }

    private int Known() => (int)(Sizes.Stories * stage.Project.KnownAtStart);

    private void Trickle()
    {
        Spread(Sizes.Stories - Known(), () => Story(null));
        Spread(Sizes.Bugs, Bug);
        Spread(Sizes.Incidents, Incident);
        Spread(Sizes.Risks, Risk);
        Spread(Sizes.Stories / 2, new SecondThoughts(stage, _maker).Have);
    }

    private void Spread(int count, Action act)
    {
        var days = stage.LastDay.DayNumber - stage.FirstSprint.DayNumber - (stage.Project.CloseWeek is null ? 0 : 28);
        for (var left = count; left > 0; left--)
        {
            var day = stage.FirstSprint.AddDays(stage.Random.Between(0, Math.Max(1, days)));
            while (!WorkCalendar.IsWorkday(day)) day = day.AddDays(-1);
            stage.Director.At(stage.Calendar.During(day, stage.Random), act);
        }
    }

    private void Story(double? place)
    {
        if (stage.IsClosed) return;
        var item = _maker.Story(place, _releases.For(place ?? 0));
        for (var left = Subtasks(); left > 0; left--) _maker.Subtask(item);
        if (place is null) stage.Backlog.Insert(item, urgent: stage.Random.Chance(0.15));
        else stage.Backlog.Append(item);
        if (stage.Random.Chance(0.14)) stage.Director.At(stage.Calendar.AfterWork(stage.Director.Now, stage.Random.Between(8.0, 110)), () => GiveUp(item));
        Link(item);
    }

    private int Subtasks()
    {
        var mean = (double)Sizes.Subtasks / Sizes.Stories;
        return stage.Random.Chance(0.45) ? 0 : (int)Math.Floor((mean / 0.55) + stage.Random.NextDouble());
    }

    private void Bug()
    {
        if (stage.IsClosed) return;
        var bug = _maker.Bug();
        if (stage.Leaves.Count > 1 && stage.Random.Chance(0.2)) Join(bug, "relates", stage.Random.Pick(stage.Leaves));
        stage.Backlog.Insert(bug, urgent: stage.Random.Chance(0.4));
    }

    private void Incident()
    {
        if (stage.IsClosed) return;
        var (incident, who) = (_maker.Incident(), stage.Somebody());
        if (stage.Random.Chance(0.5)) Join(incident, "caused-by", stage.Random.Pick(stage.Leaves));
        stage.Director.At(stage.Director.Now.AddMinutes(stage.Random.Between(4, 90)), () => _life.Start(incident, who, () => { }));
    }

    private void Risk()
    {
        if (stage.IsClosed || _maker.Risk() is not { } risk) return;
        stage.Risks.Add(risk);
        if (risk.State == TruthState.ToDo) stage.Director.At(stage.Calendar.AfterWork(stage.Director.Now, stage.Random.Between(1.0, 15)), () => Step(risk, TruthState.InProgress));
        if (stage.Random.Chance(0.7)) stage.Director.At(stage.Calendar.AfterWork(stage.Director.Now, stage.Random.Between(20.0, 60)), () => Step(risk, TruthState.Done));
    }

    private void Step(LiveItem item, TruthState state)
    {
        if (item.IsOpen) stage.Move(stage.Owner, item, item.Type.First(state));
    }

    private void GiveUp(LiveItem item)
    {
        if (stage.IsClosed || !stage.Backlog.Remove(item)) return;
        foreach (var child in stage.ChildrenOf(item).Where(c => c.IsOpen)) stage.Drop(stage.Owner, child);
        stage.Drop(stage.Owner, item);
    }

    private void Link(LiveItem item)
    {
        if (stage.Leaves.Count > 4 && stage.Random.Chance(0.07)) Join(item, stage.Random.Pick<string>(("blocks", 0.6), ("relates", 0.3), ("duplicates", 0.1)), stage.Random.Pick(stage.Leaves));
        if (stage.Siblings.Count == 0 || !stage.Random.Chance(0.12)) return;
        var other = stage.Random.Pick(stage.Siblings);
        if (other.Leaves.Count == 0) return;
        stage.Tracker.AddLink(stage.Director.Stamp(), stage.Owner, new LinkSpec(item.Id, "relates", null, stage.Addresses.AddressOf(other.Tracker, stage.Random.Pick(other.Leaves))));
    }

    private void Join(LiveItem from, string kind, LiveItem to)
    {
        if (from == to || to.Deleted || stage.Tracker.Live.Links.Contains(new LinkSpec(to.Id, kind, from.Id))) return;
        stage.Tracker.AddLink(stage.Director.Stamp(), stage.Somebody(), new LinkSpec(from.Id, kind, to.Id));
    }

    /// <summary>Once a month somebody moves the dates that can no longer be kept.</summary>
    private void Replan()
    {
        if (stage.IsClosed) return;
        var soon = stage.Day.AddDays(3);
        foreach (var item in stage.Leaves.Concat(stage.Epics).Where(i => i.IsOpen && i.Spec.PlannedFinish <= soon && i.Spec.Project == stage.Setup.Project))
        {
            if (!stage.Random.Chance(0.55)) continue;
            var finish = WorkCalendar.AddWorkdays(stage.Day, stage.Random.Between(5, 28));
            var start = item.State == TruthState.ToDo && item.Spec.PlannedStart is not null ? WorkCalendar.AddWorkdays(finish, -4) : item.Spec.PlannedStart;
            stage.Edit(stage.Owner, item, new(ItemField.PlannedFinish, finish), new(ItemField.PlannedStart, start));
        }
    }
}
