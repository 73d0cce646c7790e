using TsPmo.Model;
using TsPmo.Model.Contracts;

namespace TsPmo.Testing.Conformance;

/// <summary>Everything a sweep or a look gave.</summary>
public sealed record Looking(IReadOnlyList<ReadStep> Steps)
{
    public IReadOnlyList<string> Ids => [.. Steps.OfType<SweptItems>().SelectMany(s => s.Ids)];

    public IReadOnlyList<string>? Completed => Steps.OfType<SweepCompleted>().SingleOrDefault()?.Projects;

    public IReadOnlyList<AbsentItem> Absent => [.. Steps.OfType<LookedAt>().SelectMany(l => l.Absent)];

    public IReadOnlyList<SourceRecord> Records => [.. Steps.OfType<LookedAt>().SelectMany(l => l.Records)];

    public Problem? Failure => Steps.OfType<ReadFailure>().SingleOrDefault()?.Problem;

    public IReadOnlyList<Problem> Notices => [.. Steps.OfType<ReadNotice>().Select(n => n.Problem)];

    public static async Task<Looking> OfAsync(IAsyncEnumerable<ReadStep> steps)
    {
        var all = new List<ReadStep>();
        await foreach (var step in steps)
            all.Add(step);
        return new(all);
    }
}
