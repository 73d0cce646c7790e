using FsCheck;
using FsCheck.Fluent;
using TsPmo.Model.Flow;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;
using TsPmo.Testing.Builders;

namespace TsPmo.Model.Tests.Flow;

/// <summary>What must hold for the flow of any project, over drawn histories, against plain readings of the definitions.</summary>
public sealed class FlowBasisTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20260105, 7);
    private static readonly Arbitrary<int> Seeds = Gen.Choose(1, 1_000_000).ToArbitrary();

    [Fact]
    public void The_work_in_progress_over_the_days_is_the_days_the_items_spent_in_it() => Check.One(Fixed, Prop.ForAll(Seeds, seed =>
    {
        var history = new DrawnHistory(seed).Build();
        foreach (var day in new[] { 30, 75, 119, 140 })
        {
            var status = history.Flow.At(DrawnHistory.Start.AddDays(day));
            var since = new DateWindow(new(2025, 12, 1), status.Day);
            var spent = status.Finished.Sum(e => e.CycleDays ?? 0) + status.InProcess.Sum(e => e.AgeOn(status.Day) ?? 0);
            status.InProcessByDay(since).Sum().ShouldBe(spent);
            CarriedIn(status, status.Window).ShouldBe(status.InProcessByDay(status.Window).Sum());
        }
    }));

    [Fact]
    public void The_work_in_progress_of_a_day_is_what_was_begun_by_then_and_not_finished_before() => Check.One(Fixed, Prop.ForAll(Seeds, seed =>
    {
        var status = new DrawnHistory(seed).Build().Flow.At(DrawnHistory.Start.AddDays(100));
        var days = new DateWindow(status.Day.AddDays(-60), status.Day);
        var byDay = status.InProcessByDay(days);
        for (var day = days.First; day <= days.Last; day = day.AddDays(1))
        {
            var count = status.Finished.Concat(status.InProcess).Count(e => e.Step.Start?.Day <= day && !(e.Step.Finish?.Day < day));
            byDay[day.DayNumber - days.First.DayNumber].ShouldBe(count);
        }
    }));

    [Fact]
    public void Start_and_finish_are_what_the_definition_says_of_what_had_happened_by_then() => Check.One(Fixed, Prop.ForAll(Seeds, seed =>
    {
        var history = new DrawnHistory(seed).Build();
        for (var hour = 0; hour < 24 * 130; hour += 17)
        {
            var asOf = DrawnHistory.Start.AddHours(hour);
            foreach (var (life, index) in history.Flow.Lives.Select((life, index) => (life, index)))
            {
                if (life.At(asOf)?.Step is not { } step)
                {
                    life.Item.Created.ShouldBeGreaterThan(asOf);
                    continue;
                }

                var (start, finish) = PlainReading(life.Item, history, asOf);
                (step.Start?.At).ShouldBe(start, $"{life.Item.Id} at {asOf}");
                (step.Finish?.At).ShouldBe(finish, $"{life.Item.Id} at {asOf}");
                step.State.ShouldBe(life.Item.State.At(asOf));
                step.Counts.ShouldBe(Counts(history, index, asOf), $"{life.Item.Id} at {asOf}");
            }
        }
    }));

    /// <summary>Days in the window of finished items and of open ones so far, those begun before counted from its first day.</summary>
    private static int CarriedIn(FlowStatus status, DateWindow window) => status.Finished.Concat(status.InProcess)
        .Where(e => e.Step.Start is not null)
        .Sum(e => new DateWindow(Later(e.Step.Start!.Value.Day, window.First), Earlier(e.Step.Finish?.Day ?? window.Last, window.Last)).Days);

    private static DateOnly Later(DateOnly left, DateOnly right) => left > right ? left : right;

    private static DateOnly Earlier(DateOnly left, DateOnly right) => left < right ? left : right;

    /// <summary>The definition, read off the states of the instants at which anything happened, and of the end of each day in between.</summary>
    private static (DateTimeOffset? Start, DateTimeOffset? Finish) PlainReading(ItemHistory item, ProjectHistory history, DateTimeOffset asOf)
    {
        var instants = item.State.Entries.Select(e => e.At > item.Created ? e.At : item.Created).Prepend(item.Created).Where(at => at <= asOf).Distinct().Order().ToList();
        (DateTimeOffset? start, DateTimeOffset? finish, DateTimeOffset? since) = (null, null, null);
        State? before = null;
        foreach (var at in instants)
        {
            var state = item.State.At(at);
            if (state == before)
                continue;
            if (HasStayed(history, since, at))
                start = null;
            start ??= state == State.InProgress || (at == item.Created && item.State.Initial == State.InProgress) ? at : null;
            finish = state == State.Done ? at : null;
            since = state == State.ToDo ? at : null;
            before = state;
        }

        return (HasStayed(history, since, asOf) ? null : start, finish);
    }

    private static bool HasStayed(ProjectHistory history, DateTimeOffset? since, DateTimeOffset until) =>
        since is { } left && history.Calendar.WorkingDaysIn(history.Calendar.DayOf(left).AddDays(1), history.Calendar.DayOf(until)) > 1;

    private static bool Counts(ProjectHistory history, int index, DateTimeOffset asOf)
    {
        var item = history.Items[index];
        var hasChildren = history.Items.Any(i => i.IsInAt(asOf) && i.Item.Id.Connector == item.Item.Id.Connector && i.Item.Parent.At(asOf) == item.Item.Id.Id);
        return item.IsInAt(asOf) && item.Item.Kind.At(asOf) switch
        {
            WorkItemKind.Epic or WorkItemKind.Subtask or WorkItemKind.Risk => false,
            WorkItemKind.Feature => !hasChildren,
            _ => true,
        };
    }
}
