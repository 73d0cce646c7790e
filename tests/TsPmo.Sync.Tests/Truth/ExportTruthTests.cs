using TsPmo.Testing.Apps;
using TsPmo.Testing.Truth;

namespace TsPmo.Sync.Tests.Truth;

/// <summary>The exports beside the sandbox's own account of what happened, for every field of every kind on all three stand-ins, while requests go wrong.</summary>
public sealed class ExportTruthTests(ReadSandbox read) : IClassFixture<ReadSandbox>
{
    public static TheoryData<string> Kinds => [.. TruthExperiment.Identities.Keys];

    [Theory, MemberData(nameof(Kinds))]
    public void After_a_full_pass_the_export_equals_the_log_of(string kind) => read.First.Differences(kind).ShouldBeEmpty();

    [Theory, MemberData(nameof(Kinds))]
    public void After_rounds_of_changes_read_incrementally_the_export_equals_the_log_of(string kind) => read.Last.Differences(kind).ShouldBeEmpty();

    [Fact]
    public void The_rounds_changed_something_of_every_kind_that_moves()
    {
        foreach (var kind in new[] { "work-items", "changes", "sprints", "deployments", "people", "time-entries", "links" })
        {
            var before = read.First.Rows(kind).Select(r => r.ToJsonString()).ToHashSet(StringComparer.Ordinal);
            read.Last.Rows(kind).Count(r => !before.Contains(r.ToJsonString())).ShouldBeGreaterThan(0, kind);
        }
    }
}

/// <summary>A sandbox that was read once in full and then after each of some rounds of changes.</summary>
public sealed class ReadSandbox : IAsyncLifetime
{
    private TruthExperiment? _experiment;
    private TruthMoment? _first;
    private TruthMoment? _last;

    public TruthMoment First => _first ?? throw new InvalidOperationException("Nothing was read.");

    public TruthMoment Last => _last ?? throw new InvalidOperationException("Nothing was followed.");

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _experiment = await TruthExperiment.PrepareAsync(new TruthPlan { Items = 1500, Rounds = 6, Acts = 100, SweepEvery = 3 }, InProcess.Application, cancellation);
        await _experiment.ReadAllAsync();
        _first = await _experiment.KeepAsync("first");
        await _experiment.FollowAsync(progress: null, cancellation);
        _last = await _experiment.KeepAsync("last");
    }

    public ValueTask DisposeAsync() => _experiment?.DisposeAsync() ?? ValueTask.CompletedTask;
}
