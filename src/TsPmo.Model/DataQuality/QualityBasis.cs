using System.Collections.Concurrent;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Model.DataQuality;

/// <summary>
/// What is wrong with the items of a project, made by one sweep over its history and asked for any number of instants. Looked at are the items that carry weight of
/// their own and are open, were done within the last 13 weeks, or can no longer be seen; each weighs the same.
/// </summary>
public sealed class QualityBasis
{
    private static readonly TimeSpan Memory = TimeSpan.FromDays(7 * 13);
    private static readonly SourceRemarks NoRemarks = new();

    private readonly ProjectHistory _history;
    private readonly Term[] _terms;
    private readonly ConcurrentDictionary<DateTimeOffset, QualityStatus> _statuses = new();

    private QualityBasis(ProjectHistory history)
    {
        _history = history;
        _terms = [.. history.Items.SelectMany((item, index) => Cut(item.Item, history.Counted[index]))];
    }

    /// <summary>The basis of a history.</summary>
    public static QualityBasis From(ProjectHistory history) => new(history);

    /// <summary>What was wrong as of an instant.</summary>
    public QualityStatus At(DateTimeOffset asOf) => _statuses.GetOrAdd(asOf, at => new(_terms.Where(t => t.From <= at && at < t.To).Select(t => new QualityItem(t.Item, t.Found))));

    private IEnumerable<Term> Cut(ItemHistory item, Track<bool> counted)
    {
        var remarks = _history.Remarks.GetValueOrDefault(item.Id.Connector, NoRemarks);
        DateTimeOffset[] cuts = [.. Changes(item, counted).Where(at => at >= item.Created).Append(item.Created).Distinct().Order()];
        for (var i = 0; i < cuts.Length; i++)
        {
            if (!Counted(item, counted, cuts[i]) || !IsOfInterest(item, cuts[i]))
                continue;
            var view = new QualityView(_history, item, cuts[i], remarks);
            yield return new(cuts[i], i + 1 < cuts.Length ? cuts[i + 1] : DateTimeOffset.MaxValue, item, Found(view));
        }
    }

    /// <summary>What was out of sight counts as it did before.</summary>
    private static bool Counted(ItemHistory item, Track<bool> counted, DateTimeOffset at) =>
        counted.At(at) || (QualityView.AbsentSince(item, at) is { } gone && counted.At(gone.AddTicks(-1)));

    private static int Found(QualityView view)
    {
        var found = 0;
        for (var i = 0; i < QualityCheck.All.Count; i++)
        {
            if (QualityCheck.All[i].IsTrue(view))
                found |= 1 << i;
        }

        return found;
    }

    /// <summary>Everything that a check or the choice of items looks at, and the instants at which time alone changes the answer.</summary>
    private IEnumerable<DateTimeOffset> Changes(ItemHistory item, Track<bool> counted)
    {
        var changes = counted.Instants().Concat(item.State.Instants()).Concat(item.State.Instants().Select(at => at + Memory)).Concat(item.Status.Instants())
            .Concat(item.Points.Instants()).Concat(item.EstimateHours.Instants()).Concat(item.PlannedStart.Instants()).Concat(item.PlannedFinish.Instants())
            .Concat(item.Assignee.Instants()).Concat(item.Sprints.Instants()).Concat(item.Milestones.Instants()).Concat(item.Project.Instants());
        var sprints = item.Sprints.Instants().Append(item.Created).SelectMany(at => QualityView.SprintsOf(_history, item, at)).Distinct()
            .SelectMany(QualityView.Turns);
        var promised = item.Milestones.Instants().Append(item.Created).SelectMany(at => QualityView.MilestonesOf(_history, item, at)).Distinct()
            .SelectMany(m => m.Dates?.Instants() ?? []);
        return changes.Concat(sprints).Concat(promised).Concat(item.HiddenSince is { } hidden ? [hidden] : []);
    }

    /// <summary>What can no longer be seen may have gone on since, however long ago it was done.</summary>
    private static bool IsOfInterest(ItemHistory item, DateTimeOffset at) => item.State.At(at) switch
    {
        _ when QualityView.IsHidden(item, at) => true,
        State.Removed => false,
        State.Done => at < (item.State.UpTo(at) is [.., var last] ? last.At : item.Created) + Memory,
        _ => true,
    };

    private readonly record struct Term(DateTimeOffset From, DateTimeOffset To, ItemHistory Item, int Found);
}
