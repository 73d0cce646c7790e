using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>Writes items into a team's tracker as people do: some without estimate, most without dates.</summary>
internal sealed class ItemMaker(Stage stage)
{
    private static readonly string[] JiraPriorities = ["Highest", "High", "Medium", "Low", "Lowest"];

    public void Anchor()
    {
        var finish = stage.Project.Planned ? stage.PlanFinish : (DateOnly?)null;
        stage.Anchor = stage.Create(stage.Owner, New(stage.Types.Epic, $"{stage.Project.Name}: steering") with { PlannedFinish = finish, Labels = ["pmo"] });
        stage.Director.At(stage.Calendar.At(stage.FirstSprint, 9), () => stage.Move(stage.Owner, stage.Anchor, stage.Types.Epic.First(TruthState.InProgress)));
    }

    public void Epic(int index, int of)
    {
        var finish = stage.Project.Planned && stage.Random.Chance(0.7) ? DayAt((index + 1.0) / of) : (DateOnly?)null;
        stage.Epics.Add(stage.Create(stage.Owner, New(stage.Types.Epic, Wording.Theme(stage.Random)) with { PlannedFinish = finish }));
    }

    public void Feature()
    {
        if (stage.Types.Feature is not { } type) return;
        stage.Features.Add(stage.Create(stage.Owner, New(type, Wording.Theme(stage.Random)) with { Parent = OpenOne(stage.Epics)?.Id }));
    }

    /// <summary>A story; <paramref name="position"/> is its place in the plan (0 to 1) where it was known at the start.</summary>
    public LiveItem Story(double? position, IReadOnlyList<string> versions)
    {
        var random = stage.Random;
        var spec = New(stage.Types.Story, Wording.Story(random)) with { Points = Points(), Parent = ParentOfStory(), Versions = versions };
        if (position is { } place && random.Chance(stage.Project.Dated)) spec = Dated(spec, place);
        var item = stage.Create(random.Chance(0.6) ? stage.Owner : stage.Somebody(), spec);
        stage.Leaves.Add(item);
        return item;
    }

    public void Subtask(LiveItem story)
    {
        var hours = (double?)(stage.Random.Between(2, 25) / 2.0);
        if (stage.IsJira && stage.Random.Chance(0.4)) hours = null;
        stage.Create(stage.Somebody(), New(stage.Types.Subtask, Wording.Task(stage.Random)) with
        {
            Project = story.Spec.Project,
            Parent = story.Id,
            EstimateHours = hours,
            RemainingHours = hours,
            Sprints = stage.IsJira ? [] : story.Spec.Sprints,
        });
    }

    public LiveItem Bug()
    {
        var type = stage.Types.Bug ?? stage.Types.Story;
        var points = stage.Random.Chance(0.4) ? Points() : null;
        IReadOnlyList<string> labels = stage.Types.Bug is null ? ["bug"] : Labels();
        var item = stage.Create(stage.Somebody(), New(type, Wording.Bug(stage.Random)) with { Points = points, Labels = labels, Parent = stage.Random.Chance(0.3) ? ParentOfStory() : null });
        stage.Leaves.Add(item);
        return item;
    }

    public LiveItem Incident()
    {
        var type = stage.Types.Incident ?? stage.Types.Bug ?? stage.Types.Story;
        var spec = New(type, Wording.Incident(stage.Random)) with { Priority = stage.IsJira ? "Highest" : "1", Labels = ["incident"] };
        var item = stage.Create(stage.Somebody(), spec);
        stage.Leaves.Add(item);
        return item;
    }

    public LiveItem? Risk() => stage.Types.Risk is { } type ? stage.Create(stage.Owner, New(type, Wording.Risk(stage.Random)) with { Assignee = stage.Somebody() }) : null;

    /// <summary>The day at a place of the plan, 0 being the first sprint and 1 the planned finish.</summary>
    public DateOnly DayAt(double place)
    {
        var day = stage.FirstSprint.AddDays((int)Math.Round(place * (stage.PlanFinish.DayNumber - stage.FirstSprint.DayNumber)));
        return WorkCalendar.IsWorkday(day) ? day : WorkCalendar.AddWorkdays(day, -1);
    }

    public double? Points() => stage.Random.Chance(stage.Project.Unestimated)
        ? null
        : stage.Random.Pick<double>((1, 0.12), (2, 0.2), (3, 0.25), (5, 0.25), (8, 0.13), (13, 0.05));

    public string Priority() => stage.IsJira
        ? JiraPriorities[stage.Random.Pick<int>((0, 0.03), (1, 0.2), (2, 0.5), (3, 0.2), (4, 0.07))]
        : stage.Random.Pick<string>(("1", 0.1), ("2", 0.6), ("3", 0.2), ("4", 0.1));

    private ItemSpec Dated(ItemSpec spec, double place)
    {
        var finish = DayAt(place);
        var start = stage.Project.Methodology is "Waterfall" or "Hybrid" ? WorkCalendar.AddWorkdays(finish, -stage.Random.Between(4, 18)) : (DateOnly?)null;
        return spec with { PlannedStart = start, PlannedFinish = finish };
    }

    private ItemSpec New(TypeSpec type, string title) => new(stage.Setup.Project, type.Name, title, type.Start()) { Priority = Priority(), Labels = Labels() };

    private IReadOnlyList<string> Labels() => stage.Random.Chance(0.3) ? [stage.Random.Pick(Wording.Labels)] : [];

    private string? ParentOfStory() => stage.Random.Chance(0.06) ? null : (OpenOne(stage.Features) ?? OpenOne(stage.Epics))?.Id;

    private LiveItem? OpenOne(List<LiveItem> from)
    {
        for (var tries = 0; tries < 8 && from.Count > 0; tries++)
        {
            var item = stage.Random.Pick(from);
            if (item.IsOpen && item.Spec.Project == stage.Setup.Project) return item;
        }

        return null;
    }
}
