using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

/// <summary>Everything a sweep or a look gave.</summary>
internal sealed record Looking(IReadOnlyList<ReadStep> Steps)
{
    public IReadOnlyList<string> Ids => [.. Steps.OfType<SweptItems>().SelectMany(s => s.Ids)];

    public IReadOnlyList<string>? Completed => Steps.OfType<SweepCompleted>().SingleOrDefault()?.Projects;

    public IReadOnlyList<AbsentItem> Absent => [.. Steps.OfType<LookedAt>().SelectMany(l => l.Absent)];

    public IReadOnlyList<SourceRecord> Records => [.. Steps.OfType<LookedAt>().SelectMany(l => l.Records)];

    public Problem? Failure => Steps.OfType<ReadFailure>().SingleOrDefault()?.Problem;

    public IReadOnlyList<Problem> Notices => [.. Steps.OfType<ReadNotice>().Select(n => n.Problem)];

    public static Task<Looking> SweepAsync(ConnectorInstance instance, FakeClock clock) =>
        AllAsync(clock, Sweep(instance).SweepAsync(instance.Projects, TestContext.Current.CancellationToken));

    public static Task<Looking> MatchAsync(ConnectorInstance instance, FakeClock clock, string condition) => AllAsync(
        clock, instance.Connector.ShouldBeAssignableTo<IQuerying>().ShouldNotBeNull().MatchAsync(instance.Projects[0], condition, TestContext.Current.CancellationToken));

    public static Task<Looking> LookAsync(ConnectorInstance instance, FakeClock clock, params string[] ids) =>
        AllAsync(clock, Sweep(instance).LookAsync(ids, TestContext.Current.CancellationToken));

    private static ISweep Sweep(ConnectorInstance instance) => instance.Connector.ShouldBeAssignableTo<ISweep>().ShouldNotBeNull();

    private static Task<Looking> AllAsync(FakeClock clock, IAsyncEnumerable<ReadStep> steps) => clock.RunAsync(CollectAsync(steps), TimeSpan.FromSeconds(60));

    private static async Task<Looking> CollectAsync(IAsyncEnumerable<ReadStep> steps)
    {
        var all = new List<ReadStep>();
        await foreach (var step in steps)
            all.Add(step);
        return new(all);
    }
}
