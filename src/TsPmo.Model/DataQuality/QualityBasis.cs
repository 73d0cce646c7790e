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
        var (terms, cuts) = (new List<Term>(), new Cuts());
        for (var i = 0; i < history.Items.Count; i++)
            Cut(history.Items[i].Item, history.Counted[i], cuts, terms);
        _terms = [.. terms];
    }

    /// <summary>The basis of a history.</summary>
    public static QualityBasis From(ProjectHistory history) => new(history);

    /// <summary>What was wrong as of an instant.</summary>
    public QualityStatus At(DateTimeOffset asOf) => _statuses.GetOrAdd(asOf, at => new(_terms.Where(t => t.From <= at && at < t.To).Select(t => new QualityItem(t.Item, t.Found))));

    private void Cut(ItemHistory item, Track<bool> counted, Cuts cuts, List<Term> into)
    {
        var remarks = _history.Remarks.GetValueOrDefault(item.Id.Connector, NoRemarks);
        var all = Changes(item, counted, cuts.From(item.Created)).InOrder();
        for (var i = 0; i < all.Length; i++)
        {
            if (!Counted(item, counted, all[i]) || !IsOfInterest(item, all[i]))
                continue;
            var found = Found(new QualityView(_history, item, all[i], remarks));
            var next = i + 1 < all.Length ? all[i + 1] : DateTimeOffset.MaxValue;
            // What changed nothing that is looked at is no new term.
            if (into.Count > 0 && into[^1] is var last && last.Item == item && last.To == all[i] && last.Found == found)
                into[^1] = last with { To = next };
            else
                into.Add(new(all[i], next, item, found));
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
    private Cuts Changes(ItemHistory item, Track<bool> counted, Cuts cuts)
    {
        cuts.Add(counted).Add(item.State, Memory).Add(item.Status).Add(item.Points).Add(item.EstimateHours).Add(item.PlannedStart).Add(item.PlannedFinish)
            .Add(item.Assignee).Add(item.Sprints).Add(item.Milestones).Add(item.Project);
        var sprints = item.Sprints.Instants().Append(item.Created).SelectMany(at => QualityView.SprintsOf(_history, item, at)).Distinct()
            .SelectMany(QualityView.Turns);
        var promised = item.Milestones.Instants().Append(item.Created).SelectMany(at => QualityView.MilestonesOf(_history, item, at)).Distinct()
            .SelectMany(m => m.Dates?.Instants() ?? []);
        return cuts.Add(sprints).Add(promised).Add(item.HiddenSince ?? item.Created);
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
