using System.CommandLine;
using System.Globalization;
using TsPmo.Engine.Planning;
using TsPmo.Model;
using TsPmo.Model.Governance;
using TsPmo.Model.Planning;
using TsPmo.Sync.Composition;

namespace TsPmo.Sync.Cli.Verbs;

/// <summary>Baselines of a project's plan.</summary>
internal sealed class BaselineVerb : IVerb
{
    public string Name => "baseline";

    public string Description => "Baselines of a project's plan: list, show, capture";

    public IEnumerable<IVerb> Verbs => [new List(), new Show(), new Capture()];

    public Task<int> RunAsync(VerbSession session, CancellationToken cancellation) => Task.FromResult(session.Fail(
        new("verb-incomplete", "baseline needs to be told what to do.", "Say baseline list PROJECT, baseline show PROJECT or baseline capture PROJECT --reason R --approved-by P."), ExitCode.Invalid));

    private static Argument<string> Project() => new("PROJECT") { Description = "Key of the project" };

    private static Task<int> WithProjectAsync(VerbSession session, string key, Func<OpenEngine, ProjectDefinition, Task<int>> work, CancellationToken cancellation) =>
        session.WithEngineAsync(new Chosen(Projects: [key]), engine => work(engine, engine.Configuration.Pmo.Projects[key]), cancellation);

    private static object Json(Baseline b, bool isInForce) => new
    {
        id = b.Id,
        capturedAt = b.CapturedAt,
        reason = b.Reason,
        approvedBy = b.ApprovedBy,
        unit = b.UnitName,
        weight = b.TotalWeight,
        weightWithoutDates = b.UndatedWeight,
        items = b.Items.Count,
        firstDay = b.FirstDay,
        lastDay = LastDay(b),
        warnings = b.Warnings.Select(w => w.Name),
        isInForce,
    };

    private static DateOnly? LastDay(Baseline b) => b.Items.Max(i => i.Finish) is var last && (b.Spread is null || last > b.Spread?.Last) ? last : b.Spread?.Last;

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Weight(decimal weight, Baseline b) => $"{weight.ToString("0.###", CultureInfo.InvariantCulture)} {b.UnitName}";

    private sealed class List : IVerb
    {
        private readonly Argument<string> _project = Project();

        public string Name => "list";

        public string Description => "Lists the baselines of a project in the order in which they were taken; the last one is in force";

        public IEnumerable<Argument> Arguments => [_project];

        public Task<int> RunAsync(VerbSession session, CancellationToken cancellation) => WithProjectAsync(session, session.Typed.GetRequiredValue(_project), async (engine, project) =>
        {
            var baselines = await engine.Get<ProjectBaselines>().ListAsync(project, cancellation);
            var table = Terminal.NewTable("id", "items", "weight", "first day", "last day", "approved by", "reason", "in force");
            foreach (var b in baselines)
            {
                Terminal.AddRow(
                    table, b.Id, b.Items.Count.ToString(CultureInfo.InvariantCulture), Weight(b.TotalWeight, b), Day(b.FirstDay), Day(LastDay(b)), b.ApprovedBy ?? "the configuration", b.Reason,
                    b == baselines[^1] ? "yes" : "");
            }

            session.Terminal.Result(table);
            session.Terminal.Document(new { project = project.Key, baselines = baselines.Select(b => Json(b, b == baselines[^1])) });
            return ExitCode.Done;
        }, cancellation);
    }

    private sealed class Show : IVerb
    {
        private readonly Argument<string> _project = Project();
        private readonly Option<string?> _id = new("--id") { Description = "Which baseline, as list names it; default: the one in force", HelpName = "ID" };

        public string Name => "show";

        public string Description => "Shows what a baseline holds";

        public IEnumerable<Argument> Arguments => [_project];

        public IEnumerable<Option> Options => [_id];

        public Task<int> RunAsync(VerbSession session, CancellationToken cancellation) => WithProjectAsync(session, session.Typed.GetRequiredValue(_project), async (engine, project) =>
        {
            var baselines = await engine.Get<ProjectBaselines>().ListAsync(project, cancellation);
            var id = session.Typed.GetValue(_id);
            if (baselines.LastOrDefault(b => id is null || b.Id == id) is not { } shown)
                return session.Fail(Unknown(project, id), ExitCode.SomethingFailed);
            Print(session.Terminal, shown);
            session.Terminal.Document(new
            {
                project = project.Key,
                baseline = Json(shown, shown == baselines[^1]),
                items = shown.Items.Select(i => new { connector = i.Id.Connector, id = i.Id.Id, weight = i.Weight, start = i.Start, finish = i.Finish, dateSource = i.DateSource, accrual = i.Accrual }),
            });
            return ExitCode.Done;
        }, cancellation);

        private static Problem Unknown(ProjectDefinition project, string? id) => id is null
            ? new("no-baseline", $"{project.Key} has no baseline.", "Set Plan.BaselineAt, or say baseline capture.") { Scope = project.Key }
            : new("baseline-unknown", $"{project.Key} has no baseline '{id}'.", $"baseline list {project.Key} names those there are.") { Scope = project.Key };

        private static void Print(Terminal terminal, Baseline b)
        {
            terminal.Result($"{b.Id}: {b.Items.Count} items, {Weight(b.TotalWeight, b)}, of which {Weight(b.UndatedWeight, b)} without dates; approved by {b.ApprovedBy ?? "the configuration"}: {b.Reason}");
            foreach (var warning in b.Warnings)
                terminal.Result($"Warning: {warning.Text}");
            var table = Terminal.NewTable("item", "weight", "start", "finish", "date from");
            foreach (var item in b.Items)
                Terminal.AddRow(table, item.Id.ToString(), Weight(item.Weight, b), Day(item.Start), Day(item.Finish), item.DateSource.ToString().ToLowerInvariant());
            terminal.Result(table);
        }
    }

    private sealed class Capture : IVerb
    {
        private readonly Argument<string> _project = Project();
        private readonly Option<string> _reason = new("--reason") { Description = "Why the plan is taken anew", HelpName = "R", Required = true };
        private readonly Option<string> _approvedBy = new("--approved-by") { Description = "Who approved it", HelpName = "P", Required = true };

        public string Name => "capture";

        public string Description => "Takes a baseline of the project as it stands now; earlier ones are kept";

        public IEnumerable<Argument> Arguments => [_project];

        public IEnumerable<Option> Options => [_reason, _approvedBy];

        public Task<int> RunAsync(VerbSession session, CancellationToken cancellation) => WithProjectAsync(session, session.Typed.GetRequiredValue(_project), async (engine, project) =>
        {
            var (captured, problem) = await engine.Get<ProjectBaselines>()
                .CaptureAsync(project, session.Typed.GetRequiredValue(_reason), session.Typed.GetRequiredValue(_approvedBy), cancellation);
            if (captured is null)
                return session.Fail(problem ?? new("baseline-not-captured", "No baseline was captured.", "Run it again."), ExitCode.SomethingFailed);
            session.Terminal.Result($"{captured.Id}: {captured.Items.Count} items, {Weight(captured.TotalWeight, captured)}. It is in force from now on; earlier baselines are kept.");
            session.Terminal.Document(new { project = project.Key, baseline = Json(captured, isInForce: true) });
            return ExitCode.Done;
        }, cancellation);
    }
}
