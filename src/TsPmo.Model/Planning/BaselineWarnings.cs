using System.Globalization;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Planning;

/// <summary>What is wrong with the inputs of a baseline, with the share of the weight that it touches.</summary>
internal static class BaselineWarnings
{
    public static IEnumerable<Finding> Of(PlannedItem[] planned, BaselineWeights weights, decimal total, bool isSpread)
    {
        var undated = isSpread
            ? ("PlanLinear", "no planned finish; their weight is spread evenly over the plan")
            : ("MissingDates", "no planned finish; their weight is left out");
        var index = planned.Select((p, i) => (p.Item.Id, i)).ToDictionary(p => p.Id, p => p.i);
        Finding?[] findings =
        [
            Find(planned, total, p => !p.IsHistorical, "DatesNotHistorical", "dated by a sprint or version whose dates then are not known; today's are used"),
            Find(planned, total, p => weights.IsAssumed[index[p.Item.Id]], "MissingEstimates", "no estimate; the median of their type is used"),
            Find(planned, total, p => p.Item.Finish is null, undated.Item1, undated.Item2),
            Find(planned, total, p => p.StartsAfterFinish, "StartAfterFinish", "a start after the finish; the finish is used for both"),
        ];
        return findings.OfType<Finding>();
    }

    private static Finding? Find(PlannedItem[] planned, decimal total, Func<PlannedItem, bool> isAffected, string name, string text)
    {
        var affected = planned.Where(isAffected).ToArray();
        if (affected.Length == 0)
            return null;
        var share = affected.Sum(p => p.Item.Weight) / total;
        var percent = Math.Round(share * 100, 0, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture);
        var count = affected.Length.ToString(CultureInfo.InvariantCulture);
        return new(name, share, $"{count} {(affected.Length == 1 ? "item" : "items")} ({percent} % of the weight): {text}.");
    }
}
