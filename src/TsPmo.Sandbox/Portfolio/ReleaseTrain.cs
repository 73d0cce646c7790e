using System.Globalization;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>The versions of a Jira project: promised from the start, every eight weeks, some of them slipping.</summary>
internal sealed class ReleaseTrain(Stage stage)
{
    private const int DaysBetween = 56;
    private readonly List<(string Id, VersionSpec Spec)> _versions = [];

    public void Begin()
    {
        if (!stage.IsJira) return;
        stage.Director.At(stage.Calendar.At(stage.Start, 10), AnnounceAll);
        var number = 0;
        for (var day = stage.FirstSprint.AddDays(DaysBetween - 3); day <= stage.PlanFinish; day = day.AddDays(DaysBetween)) Schedule(number++, day);
    }

    /// <summary>The version meant for a place in the plan (0 to 1); none for a few, and none once all are out.</summary>
    public IReadOnlyList<string> For(double place)
    {
        var open = _versions.Where(v => !v.Spec.Released).ToList();
        return open.Count == 0 || stage.Random.Chance(0.35) ? [] : [open[Math.Clamp((int)(place * open.Count), 0, open.Count - 1)].Id];
    }

    private void AnnounceAll()
    {
        for (var day = stage.FirstSprint.AddDays(DaysBetween - 3); day <= stage.PlanFinish; day = day.AddDays(DaysBetween))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{stage.Setup.Project} 1.{_versions.Count}");
            var spec = new VersionSpec(stage.Setup.Project, name, day.AddDays(-DaysBetween), stage.Project.Planned ? day : null, false, null);
            _versions.Add((stage.Tracker.AddVersion(spec), spec));
        }
    }

    private void Schedule(int number, DateOnly day)
    {
        var slip = stage.Random.Chance(0.45) ? 7 * stage.Random.Between(1, 4) : 0;
        if (slip > 0) stage.Director.At(stage.Calendar.At(WorkCalendar.AddWorkdays(day, -6), 15), () => Change(number, v => v with { Date = v.Date?.AddDays(slip) }));
        stage.Director.At(stage.Calendar.At(WorkCalendar.AddWorkdays(day.AddDays(slip - 1), 1), stage.Random.Between(13.0, 17)), () => Release(number));
    }

    private void Release(int number)
    {
        if (stage.IsClosed && stage.Leaves.TrueForAll(i => !i.IsOpen)) return;
        var next = _versions.Skip(number + 1).Select(v => v.Id).FirstOrDefault();
        var id = _versions[number].Id;
        foreach (var item in stage.Leaves.Where(i => i.IsOpen && i.Spec.Versions.Contains(id) && i.Spec.Project == stage.Setup.Project))
            stage.Edit(stage.Owner, item, new ItemEdit(ItemField.Versions, (IReadOnlyList<string>)(next is null ? [] : [next])));
        Change(number, v => v with { Released = true, ReleasedOn = stage.Day });
    }

    private void Change(int number, Func<VersionSpec, VersionSpec> change)
    {
        var (id, spec) = _versions[number];
        _versions[number] = (id, change(spec));
        stage.Tracker.ChangeVersion(id, _versions[number].Spec);
    }
}
