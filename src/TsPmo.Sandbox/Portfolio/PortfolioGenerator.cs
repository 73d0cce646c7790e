using TsPmo.Sandbox.Hosting;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>Lets the year before today happen in the trackers that are there, and tells what the PMO governs of it.</summary>
internal sealed class PortfolioGenerator(
    IReadOnlyDictionary<TrackerKind, RecordedTracker> trackers, ItemAddresses addresses, TruthLog truth, SandboxClock.HeldInstant held, TimeZoneInfo zone, ulong seed, int items, DateOnly today)
{
    private readonly WorkCalendar _calendar = new(zone);
    private readonly Cast _cast = new(trackers);

    public PortfolioDescription Generate(IReadOnlyList<ProjectSetup> setups)
    {
        var director = new Director(held, new DateTimeOffset(today.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        var shares = setups.SelectMany(p => p.Streams).Where(s => trackers.ContainsKey(s.Tracker)).Sum(s => s.Share);
        director.Open(_calendar.At(Monday(setups.Min(p => p.StartWeek)).AddDays(-3), 9));
        WriteOpening();
        AddProjects(setups);
        var projects = setups.Select(p => (Setup: p, Stages: Stages(p, director, items / Math.Max(1, shares)))).Where(p => p.Stages.Count > 0).ToList();
        var stages = projects.SelectMany(p => p.Stages).ToList();
        Introduce(stages);
        foreach (var group in stages.GroupBy(s => (s.Setup.Tracker, s.Setup.Project))) BeginSprints([.. group]);
        foreach (var stage in stages) new TeamScript(stage).Begin();
        director.Run();
        var description = new PortfolioDescription([.. projects.Select(p => new Description(p.Setup, p.Stages, _calendar).Write())]);
        foreach (var project in description.Projects) WriteGoverned(project);
        return description;
    }

    private void AddProjects(IReadOnlyList<ProjectSetup> setups)
    {
        var streams = setups.SelectMany(p => p.Streams.Select(s => (Project: p, Stream: s))).Where(s => trackers.ContainsKey(s.Stream.Tracker));
        foreach (var group in streams.GroupBy(s => (s.Stream.Tracker, s.Stream.Project)))
        {
            var (project, stream) = group.First();
            var style = project.Methodology == "Hybrid" ? "Scrum" : project.Methodology;
            IReadOnlyList<string>? teams = stream.Team is null ? null : [.. group.Select(s => s.Stream.Team).OfType<string>()];
            trackers[stream.Tracker].AddProject(new ProjectSpec(stream.Project, stream.ProjectName, style, Types(project, stream).All, stream.Process, teams, stream.TeamManaged));
        }
    }

    private List<Stage> Stages(ProjectSetup project, Director director, double itemsPerShare)
    {
        var start = Monday(project.StartWeek);
        var lastDay = project.CloseWeek is { } close ? Monday(close).AddDays(4) : today.AddDays(-1);
        var stages = new List<Stage>();
        IReadOnlyList<int> first = [];
        foreach (var stream in project.Streams.Where(s => trackers.ContainsKey(s.Tracker)))
        {
            var types = Types(project, stream);
            var sizes = StreamSizes.Of((int)Math.Round(itemsPerShare * stream.Share), types, project, WorkCalendar.Workdays(start.AddDays(14), lastDay));
            IReadOnlyList<int> people = [.. first.Take(3), .. _cast.Hire(sizes.Members + 1 - Math.Min(3, first.Count))];
            if (first.Count == 0) first = people;
            var accounts = people.Select(p => _cast.Account(stream.Tracker, p)).ToList();
            stages.Add(new Stage(project, stream, types, trackers[stream.Tracker], director, _calendar, new RandomSequence(seed, $"{project.Key}/{stream.Project}/{stream.Team}"))
            {
                Start = start, LastDay = lastDay, PlanFinish = Monday(project.FinishWeek).AddDays(4), Owner = accounts[0], Team = accounts[1..], Sizes = sizes, Addresses = addresses,
            });
        }

        return stages;
    }

    private static void Introduce(List<Stage> stages)
    {
        foreach (var stage in stages)
        {
            stage.Siblings.AddRange(stages.Where(s => s != stage && s.Project == stage.Project));
            stage.Neighbour = stages.Find(s => s != stage && s.Tracker == stage.Tracker && ReferenceEquals(s.Types, stage.Types));
        }
    }

    private void BeginSprints(IReadOnlyList<Stage> stages)
    {
        if (stages[0].Project.Methodology is "Kanban" or "Waterfall") return;
        var first = stages.Min(s => s.FirstSprint);
        new SprintRhythm(stages, new RandomSequence(seed, $"sprints/{stages[0].Setup.Tracker}/{stages[0].Setup.Project}")).Begin(first, stages.Max(s => s.LastDay).AddDays(stages[0].Project.CloseWeek is null ? 14 : -11));
    }

    private void WriteOpening() => truth.Write(json =>
    {
        json.WriteString("act", "opening");
        json.WriteNumber("seed", seed);
        json.WriteNumber("items", items);
        json.WriteString("today", TruthFields.Day(today));
        json.WriteString("timeZone", zone.Id);
    });

    private void WriteGoverned(GovernedProject project) => truth.Write(json =>
    {
        json.WriteString("act", "governed");
        json.WriteString("key", project.Key);
        json.WriteString("name", project.Name);
        json.WriteString("methodology", project.Methodology);
        TruthFields.Value(json, "planStart", project.PlanStart);
        TruthFields.Value(json, "planFinish", project.PlanFinish);
        TruthFields.Instant(json, "baselineAt", project.BaselineAt);
        json.WriteStartArray("sources");
        foreach (var source in project.Sources)
        {
            json.WriteStartObject();
            json.WriteString("tracker", source.Tracker);
            json.WriteString("project", source.Project);
            json.WriteString("team", source.Team);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private DateOnly Monday(int week) => WorkCalendar.MondayOf(today.AddDays(7 * week));

    private static TypeSet Types(ProjectSetup project, StreamSetup stream) => stream.Tracker == TrackerKind.AzureDevOps
        ? TypeSet.Azure(stream.Process ?? "Agile")
        : project.Methodology switch { "Kanban" => TypeSet.JiraKanban, "Waterfall" => TypeSet.JiraWaterfall, _ => TypeSet.JiraAgile };
}
