using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Model.Sprints;

/// <summary>What one sprint held at its start, what came and went, and what stood at its end, rebuilt from the histories of its items.</summary>
public sealed class SprintTruth
{
    private SprintTruth(Sprint sprint, SprintSpan span, IReadOnlyList<SprintEntry> entries)
    {
        (Sprint, Span, Entries) = (sprint, span, entries);
        foreach (var entry in entries)
        {
            Points += entry.Points;
            Items += entry.Items;
        }
    }

    /// <summary>The sprint.</summary>
    public Sprint Sprint { get; }

    /// <summary>From when to when it is told.</summary>
    public SprintSpan Span { get; }

    /// <summary>The items that took part, ordered by id.</summary>
    public IReadOnlyList<SprintEntry> Entries { get; }

    /// <summary>Sums in points.</summary>
    public SprintSums Points { get; }

    /// <summary>Sums by item.</summary>
    public SprintSums Items { get; }

    /// <summary>Whether it was given up: over within a day, and nothing finished.</summary>
    public bool IsCancelled => Span.IsClosed && Items.Completed == 0 && Span.Last < Span.Start.AddDays(1);

    /// <summary>Whether anything in it carries an estimate.</summary>
    public bool IsEstimated => Entries.Any(e => e.IsEstimated);

    /// <summary>What is to be said about the inputs of a figure of some sprints.</summary>
    public static IEnumerable<Finding> Findings(IReadOnlyList<SprintTruth> truths)
    {
        if (truths.Any(t => !t.Span.IsClosed))
            yield return new("Partial", 0, "The sprint is running; the figures are those of the instant asked for.");
        if (Share(truths, "MissingEstimates", "carry no estimate and count as 0 points", e => e.LacksEstimate, e => e.IsEstimated || e.LacksEstimate) is { } missing)
            yield return missing;
        if (Share(truths, "InSeveralSprints", "were in another open sprint too and count in each", e => e.IsElsewhere, _ => true) is { } elsewhere)
            yield return elsewhere;
        if (truths.Any(t => !t.Span.IsHistorical))
            yield return NotHistorical(truths);
    }

    /// <summary>Start and end of what somebody starts and ends are told as they happened; days are a plan, which may have been another one.</summary>
    private static Finding NotHistorical(IReadOnlyList<SprintTruth> truths)
    {
        var (affected, all) = (truths.Where(t => t.Span is { IsHistorical: false } && t.Sprint.IsPlannedInDays).Sum(t => t.Entries.Count), truths.Sum(t => t.Entries.Count));
        return new("DatesNotHistorical", (decimal)affected / all, "The sprint's dates at that instant are not known; the oldest known ones are used.");
    }

    internal static SprintTruth Of(Sprint sprint, SprintSpan span, IEnumerable<ScopedItem> members, Func<string, bool> isOpenAtEnd) =>
        new(sprint, span, [.. members.Select(item => Follow(item, sprint.Id.Id, span, isOpenAtEnd)).OfType<SprintEntry>()]);

    private static SprintEntry? Follow(ScopedItem item, string sprint, SprintSpan span, Func<string, bool> isOpenAtEnd)
    {
        var isEstimated = false;
        if (new SprintWalk(item, sprint, span, Points).Run() is not { } points)
            return null;
        var counts = new SprintWalk(item, sprint, span, _ => 1).Run() ?? default;
        var atEnd = item.Item.Sprints.At(span.Last);
        var lacksEstimate = !isEstimated && CountedItems.Counts(item.Item.Kind.At(span.Last), hasChildren: false);
        return new(item.Item, points, counts, isEstimated, lacksEstimate, atEnd.Contains(sprint) && atEnd.Any(other => other != sprint && isOpenAtEnd(other)));

        decimal Points(DateTimeOffset at)
        {
            var estimate = item.Item.Points.At(at);
            isEstimated |= estimate is not null;
            return estimate ?? 0;
        }
    }

    private static Finding? Share(IReadOnlyList<SprintTruth> truths, string name, string text, Func<SprintEntry, bool> isAffected, Func<SprintEntry, bool> isJudged)
    {
        var (affected, all) = (truths.Sum(t => t.Entries.Count(isAffected)), truths.Sum(t => t.Entries.Count(isJudged)));
        return affected == 0 ? null : new(name, (decimal)affected / all, $"{affected} of {all} items {text}.");
    }
}
