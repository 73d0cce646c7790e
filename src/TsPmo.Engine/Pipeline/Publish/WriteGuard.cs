using System.Globalization;
using TsPmo.Engine.Storage;
using TsPmo.Model;
using TsPmo.Model.Publishing;

namespace TsPmo.Engine.Pipeline.Publish;

/// <summary>What keeps a place from being written too often: budgets, patience after failures, and respect for what somebody deleted.</summary>
internal sealed class WriteGuard(IPublicationLedger ledger)
{
    private const int MostCreations = 2;
    private static readonly TimeSpan FirstPatience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromDays(1);

    /// <summary>The row of a place that the schedule leaves alone for now; null: it may be looked at. What is typed by hand is always tried.</summary>
    public static PublicationRow? Waits(PublishRun run, PublicationPlace place, PublicationRecord? record) =>
        run.Request.IsScheduled && record?.Trouble is { } trouble && trouble.NextAt > run.Now
            ? place.Failed(new(trouble.Code, trouble.Message, trouble.Remedy) { Scope = place.Anchor, Retryable = true })
            : null;

    /// <summary>A failure as it is kept: each one in a row doubles how long the schedule waits.</summary>
    public static PublicationTrouble Trouble(Problem problem, int before, DateTimeOffset now)
    {
        var patience = FirstPatience * Math.Pow(2, Math.Min(before, 10));
        return new(problem.Code, problem.Message, problem.Remedy, before + 1, now + (patience < LongestPatience ? patience : LongestPatience));
    }

    /// <summary>The plan, or its refusal where somebody took away what we had made twice already.</summary>
    public static PublicationPlan Judged(PublicationPlace place, PublicationRecord? record, PublicationPlan plan) =>
        plan.Outcome == PlanOutcome.Create && record is { State: not PublicationState.Intended, Creations: >= MostCreations }
            ? plan with { Outcome = PlanOutcome.Refused, Write = null, Problem = Unwanted(place) }
            : plan;

    /// <summary>Why a write has to wait; null: it may be made. Taking back never waits.</summary>
    public async Task<Problem?> RefuseAsync(PublishRun run, PublicationPlace place, PlannedWrite write, CancellationToken cancellationToken)
    {
        if (write.Kind == PlanOutcome.Retract)
            return null;
        if (run.IsSpent)
            return Spent(place, string.Create(CultureInfo.InvariantCulture, $"this run has written {run.Rules.WritesPerRun} times already"), "Run publish again.");
        var today = await ledger.WritesSinceAsync(place.Connector, place.Anchor, run.DayBegan, cancellationToken);
        return today < run.Rules.WritesPerItemPerDay
            ? null
            : Spent(place, string.Create(CultureInfo.InvariantCulture, $"{place.Anchor} was written {today} times today already"), "Nothing: it is written tomorrow. TsPmo:Publishing:WritesPerItemPerDay decides how often an item may be.");
    }

    private static Problem Spent(PublicationPlace place, string why, string remedy) =>
        new("write-budget-spent", $"The publication '{place.Publication}' of {place.Project} was not written: {why}.", remedy) { Scope = place.Anchor, Retryable = true };

    private static Problem Unwanted(PublicationPlace place) => new(
        "deleted-by-a-person",
        $"What we wrote at {place.Anchor} for the publication '{place.Publication}' of {place.Project} was deleted twice; it is not made again.",
        "Take the publication out of the configuration, or run retract for the project to begin anew.") { Scope = place.Anchor };
}
