using System.Globalization;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Model.Flow;

/// <summary>How long items of each kind usually take, by those finished in the window; kinds of which fewer than five were finished are held to the times of all.</summary>
public sealed class UsualTimes
{
    private const int Fewest = 5;
    private readonly (int Amber, int Red)? _all;
    private readonly Dictionary<WorkItemKind, (int Amber, int Red)> _byKind = [];

    /// <summary>The usual times as of an instant.</summary>
    public UsualTimes(FlowStatus status)
    {
        var finished = status.FinishedInWindow.Where(e => e.CycleDays is not null)
            .Select(e => (Kind: e.Item.Kind.At(status.AsOf), Days: e.CycleDays ?? 0)).ToArray();
        _all = Limits(finished.Select(f => f.Days));
        foreach (var kind in finished.GroupBy(f => f.Kind, f => f.Days))
        {
            if (Limits(kind) is { } limits)
                _byKind[kind.Key] = limits;
        }
    }

    /// <summary>Whether enough was finished to tell.</summary>
    public bool AreKnown => _all is not null;

    /// <summary>The times of all kinds together, for people.</summary>
    public string InWords => _all is { } all ? string.Create(CultureInfo.InvariantCulture, $"{all.Amber} and {all.Red} days") : "not known";

    /// <summary>The cycle times, in days, of 70 % and 85 % of the items of a kind; null where too little was finished.</summary>
    public (int Amber, int Red)? Of(WorkItemKind kind) => _byKind.TryGetValue(kind, out var own) ? own : _all;

    /// <summary>The band of an item's age in days; green where nothing is usual.</summary>
    public Band BandOf(WorkItemKind kind, int age) => Of(kind) is not var (amber, red) ? Band.Green : age > red ? Band.Red : age > amber ? Band.Amber : Band.Green;

    private static (int Amber, int Red)? Limits(IEnumerable<int> days)
    {
        var all = days.ToArray();
        return all.Length >= Fewest && Observations.Percentile(all, 70) is { } amber && Observations.Percentile(all, 85) is { } red ? (amber, red) : null;
    }
}
