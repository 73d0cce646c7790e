using System.CommandLine;
using System.Globalization;
using TsPmo.Engine.Reporting.Explain;
using TsPmo.Model.Portfolios;

namespace TsPmo.Sync.Cli.Verbs;

/// <summary>Tells how one figure came about.</summary>
internal sealed class ExplainVerb : IVerb
{
    private const int MostItems = 5;
    private readonly Argument<string> _project = new("PROJECT") { Description = "Key of the project, or portfolio:KEY" };
    private readonly Argument<string> _metric = new("METRIC") { Description = "Name of the metric, as plugins lists them" };
    private readonly Option<string?> _subject = new("--subject") { Description = "The sprint, milestone or environment it is about, as connector:id", HelpName = "S" };
    private readonly Option<DateTimeOffset?> _asOf = VerbOptions.AsOf();

    public string Name => "explain";

    public string Description => "How one figure came about: method, inputs, the items behind it, warnings";

    public IEnumerable<Argument> Arguments => [_project, _metric];

    public IEnumerable<Option> Options => [_subject, _asOf];

    public Task<int> RunAsync(VerbSession session, CancellationToken cancellation)
    {
        var project = session.Typed.GetRequiredValue(_project);
        return session.WithEngineAsync(new Chosen(Projects: project.StartsWith(PortfolioResults.Prefix, StringComparison.OrdinalIgnoreCase) ? null : [project]), async engine =>
        {
            var request = new ExplainRequest(project, session.Typed.GetRequiredValue(_metric), session.Typed.GetValue(_subject), session.Typed.GetValue(_asOf));
            var answer = await engine.Get<ExplainQuery>().ExplainAsync(request, cancellation);
            if (answer.Problem is { } problem)
                return session.Fail(problem, ExitCode.Invalid);
            if (answer.Explanation is { } explanation)
            {
                Print(session.Terminal, explanation);
                session.Terminal.Document(explanation);
            }

            return ExitCode.Done;
        }, cancellation);
    }

    /// <summary>The first few items; --json has all.</summary>
    private static string Named(IReadOnlyList<ExplainedItem> items)
    {
        if (items.Count == 0)
            return "";
        var more = items.Count > MostItems ? $" and {items.Count - MostItems} more" : "";
        return $" ({string.Join(", ", items.Take(MostItems).Select(i => i.Url ?? i.Id))}{more})";
    }

    private static void Print(Terminal terminal, Explanation e)
    {
        terminal.Result($"{e.Project} {e.Metric}{(e.Subject is null ? "" : " of " + e.Subject)} as of {e.AsOf.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");
        terminal.Result($"{e.Label}: {e.Text}");
        if (e.Definition is { Length: > 0 } definition)
            terminal.Result(definition.Split('\n')[0]);
        terminal.Result($"Method {e.Method}{(e.Window is null ? "" : $", window {e.Window}")}{(e.Baseline is null ? "" : $", baseline {e.Baseline}")}, {e.N} inputs, confidence {e.Confidence.ToString("0.00", CultureInfo.InvariantCulture)}");
        foreach (var warning in e.Warnings)
            terminal.Result($"Warning: {warning.Text}{Named(warning.Items)}");
        var inputs = Terminal.NewTable("input", "value");
        foreach (var input in e.Inputs)
            Terminal.AddRow(inputs, input.Name, input.Value);
        if (e.Inputs.Count > 0)
            terminal.Result(inputs);
        var items = Terminal.NewTable("item", "what it contributed", "address");
        foreach (var item in e.Items)
            Terminal.AddRow(items, item.Id, item.Note, item.Url);
        if (e.Items.Count > 0)
            terminal.Result(items);
    }
}
