using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>One publication with what the ledger would know about it: what stood before the first write is kept until all is taken back.</summary>
internal sealed class Publication(IPublisher publisher, string anchor)
{
    private string? _before;

    public IReadOnlyDictionary<string, string> Fields { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Custom.PmoStatus"] = "{rag.overall}",
        ["Custom.PmoScheduleVariance"] = "{schedule.svt}",
    };

    /// <summary>What fields are to hold, where that does not come of templates.</summary>
    public Dictionary<string, FieldContent>? Contents { get; set; }

    public bool AllowNotifications { get; set; } = true;

    public bool TakesOver { get; set; }

    public LastWrite? Last { get; set; }

    public Task<PublicationPlan> PlanAsync(StatusReport? report) => publisher.PlanAsync(
        new PublicationRequest { Id = "PAY/status", Anchor = anchor, Report = Filled(report), Last = Last, AllowNotifications = AllowNotifications, TakesOver = TakesOver },
        TestContext.Current.CancellationToken);

    public Task<PublicationPlan> PlanFieldsAsync(Dictionary<string, FieldContent> fields)
    {
        Contents = fields;
        return PlanAsync(Saying(fields));
    }

    public Task<WriteResult> WriteFieldsAsync(Dictionary<string, FieldContent> fields)
    {
        Contents = fields;
        return WriteAsync(Saying(fields));
    }

    /// <summary>Other fields are another report in what matters.</summary>
    private static StatusReport Saying(Dictionary<string, FieldContent> fields) => Organisation.Report(string.Join(';', fields.Select(f => $"{f.Key}: {f.Value}")));

    /// <summary>The report with its fields filled as the engine fills them.</summary>
    private StatusReport? Filled(StatusReport? report) => report is null ? null : report with { Fields = Contents ?? Fields.ToDictionary(f => f.Key, f => Content(f.Value, report)) };

    private static FieldContent Content(string template, StatusReport report)
    {
        var text = report.Figures.Aggregate(template, (text, figure) => text.Replace($"{{{figure.Key}}}", figure.Value, StringComparison.Ordinal));
        return new(
            text,
            decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            IsFigure: !text.Contains(' ', StringComparison.Ordinal));
    }

    public Task<WriteResult> ApplyAsync(PlannedWrite write) => publisher.ApplyAsync(write, TestContext.Current.CancellationToken);

    /// <summary>Plans, applies and keeps what the ledger keeps.</summary>
    public async Task<WriteResult> WriteAsync(StatusReport? report)
    {
        var write = await BeginAsync(report);
        var result = await ApplyAsync(write);
        result.Problem.ShouldBeNull();
        Last = write.Kind == PlanOutcome.Retract ? null : Last! with { RemoteId = result.RemoteId, Written = result.Written, IsConfirmed = true };
        return result;
    }

    /// <summary>Plans a write and records the intent, as before every write.</summary>
    public async Task<PlannedWrite> BeginAsync(StatusReport? report)
    {
        var plan = await PlanAsync(report);
        var write = plan.Write.ShouldNotBeNull(plan.Problem?.Message ?? plan.Outcome.ToString());
        _before = Last?.Written is null ? write.Before : _before;
        Last = new LastWrite(Last?.RemoteId, report?.ContentHash ?? "", Last?.Written, _before, IsConfirmed: false);
        return write;
    }

    /// <summary>What the ledger does when a plan finds that a write arrived whose result was never learned.</summary>
    public void Confirm(PublicationPlan plan) =>
        Last = Last! with { IsConfirmed = true, RemoteId = plan.RemoteId ?? Last.RemoteId, Written = plan.Written ?? Last.Written };
}
