using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Sandbox.Control;
using TsPmo.Testing.Conformance;

namespace TsPmo.Plugins.Tests.Conformance;

/// <summary>What every connector must do, asked of every connector in the catalogue through the stand-ins of its tracker.</summary>
[Collection("sandbox")]
public sealed class ConnectorConformanceTests(SandboxConnectors sandbox)
{
    /// <summary>What a page tells, which is compared many times.</summary>
    private readonly ConditionalWeakTable<SourcePage, IReadOnlyList<ToldFact>> _told = [];

    public static TheoryData<string> Trackers => ["jiraCloud", "jiraDc", "azureDevOps"];

    [Fact]
    public void Every_connector_of_the_catalogue_has_a_stand_in() =>
        PluginCatalog.Scan().Connectors.Select(c => c.Type)
            .Except(sandbox.Server.Trackers.Select(t => t.ConnectorType), StringComparer.Ordinal).ShouldBeEmpty();

    [Theory, MemberData(nameof(Trackers))]
    public async Task Reading_resumes_from_every_cursor_without_losing_a_fact(string tracker)
    {
        // A year of pipeline runs costs thousands of requests, and every page is a place to resume from.
        const int Days = 30;
        var instance = sandbox.Connect(tracker, daysOfHistory: Days);
        foreach (var stream in instance.Connector.Streams)
        {
            var whole = await ReadAsync(instance, stream);
            var all = FactText.Newest(whole.Pages.SelectMany(Told));
            var resumed = new Resumptions((cursor, cancellation) => Reading.StepsAsync(sandbox.Connect(tracker, daysOfHistory: Days), stream, cursor, cancellation));
            // The last first, so that what follows a cursor is read once and not again for every cursor before it.
            for (var i = whole.Pages.Count - 1; i >= 0; i--)
            {
                var rest = await resumed.FromAsync(whole.Pages[i].Cursor, TestContext.Current.CancellationToken);
                var together = FactText.Newest(whole.Pages.Take(i + 1).Concat(rest).SelectMany(Told));
                var place = $"{stream}, resumed after page {i + 1} of {whole.Pages.Count}";
                all.Except(together, StringComparer.Ordinal).ShouldBeEmpty(place);
                together.Except(all, StringComparer.Ordinal).ShouldBeEmpty(place);
            }
        }

        IEnumerable<ToldFact> Told(SourcePage page) => _told.GetValue(page, p => FactText.Told(instance.Normaliser, p.Records));
    }

    [Theory, MemberData(nameof(Trackers))]
    public async Task Reading_on_where_nothing_changed_says_nothing_new(string tracker)
    {
        var instance = sandbox.Connect(tracker);
        foreach (var stream in instance.Connector.Streams)
        {
            var whole = await ReadAsync(instance, stream);
            whole.Pages.ShouldNotBeEmpty(stream);
            var again = await ReadAsync(instance, stream, whole.Pages[^1].Cursor);
            again.Failure.ShouldBeNull();
            FactText.Of(instance.Normaliser, again.Records).Except(FactText.Of(instance.Normaliser, whole.Records), StringComparer.Ordinal).ShouldBeEmpty(stream);
        }
    }

    [Theory, MemberData(nameof(Trackers))]
    public async Task Cancellation_is_obeyed_while_an_answer_is_awaited(string tracker)
    {
        var instance = sandbox.Connect(tracker);
        sandbox.Server.AddFault(new FaultRule(FaultAction.Slow, tracker, DelayMs: 120_000));
        try
        {
            using var cancellation = new CancellationTokenSource();
            var reading = Reading.OfAsync(instance, instance.Connector.Streams[0], null, cancellation.Token);
            await cancellation.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        }
        finally
        {
            sandbox.Server.ClearFaults();
        }
    }

    [Theory, MemberData(nameof(Trackers))]
    public async Task An_error_leaves_the_last_cursor_good(string tracker)
    {
        var instance = sandbox.Connect(tracker);
        foreach (var stream in instance.Connector.Streams)
        {
            var whole = await ReadAsync(instance, stream);
            for (var answered = 0; answered < 4; answered++)
                await FailAfterAsync(tracker, stream, answered, FactText.Of(instance.Normaliser, whole.Records));
        }
    }

    [Theory, MemberData(nameof(Trackers))]
    public async Task A_refused_sign_in_is_said_once_and_without_the_secret(string tracker)
    {
        const string Wrong = "wrong-token-that-must-not-be-seen";
        var instance = sandbox.Connect(tracker, Wrong);
        foreach (var stream in instance.Connector.Streams)
        {
            var reading = await ReadAsync(instance, stream);
            reading.Failure.ShouldNotBeNull(stream).Code.ShouldBe("authentication-failed");
            JsonSerializer.Serialize(reading.Failure).ShouldNotContain(Wrong);
        }

        var probe = await instance.Connector.ProbeAsync(new ProbeRequest(instance.Projects, []), TestContext.Current.CancellationToken);
        probe.SignedInAs.ShouldBeNull();
        probe.Problems.ShouldContain(p => p.Code == "authentication-failed" && p.Remedy.Length > 0);
        JsonSerializer.Serialize(probe).ShouldNotContain(Wrong);
    }

    [Theory, MemberData(nameof(Trackers))]
    public async Task A_sign_in_page_is_no_answer(string tracker)
    {
        var instance = sandbox.Connect(tracker);
        sandbox.Server.AddFault(new FaultRule(FaultAction.Html, tracker));
        try
        {
            var reading = await ReadAsync(instance, instance.Connector.Streams[0]);
            reading.Failure.ShouldNotBeNull().Code.ShouldBe("authentication-failed");
            reading.Records.ShouldBeEmpty();
        }
        finally
        {
            sandbox.Server.ClearFaults();
        }
    }

    [Theory, MemberData(nameof(Trackers))]
    public async Task A_probe_tells_who_we_are_and_changes_nothing(string tracker)
    {
        var instance = sandbox.Connect(tracker);
        sandbox.Server.Requests.Clear();
        var probe = await instance.Connector.ProbeAsync(new ProbeRequest(instance.Projects, []), TestContext.Current.CancellationToken);
        probe.Reachable.ShouldBeTrue();
        probe.SignedInAs.ShouldNotBeNull();
        probe.Problems.ShouldBeEmpty();
        sandbox.Server.Requests.Latest.Where(r => r.Tracker == tracker).ShouldAllBe(r => r.Method == "GET" || r.Method == "POST" || r.Method == "OPTIONS");
    }

    private async Task FailAfterAsync(string tracker, string stream, int answered, IReadOnlyList<string> facts)
    {
        var instance = sandbox.Connect(tracker);
        Reading broken;
        sandbox.Server.AddFault(new FaultRule(FaultAction.Slow, tracker, DelayMs: 0, Times: answered));
        sandbox.Server.AddFault(new FaultRule(FaultAction.Status, tracker, Status: 418));
        try
        {
            broken = await ReadAsync(instance, stream);
        }
        finally
        {
            sandbox.Server.ClearFaults();
        }

        if (broken.Failure is null && broken.Notices.Count == 0)
            return;
        var rest = await ReadAsync(sandbox.Connect(tracker), stream, broken.Pages.Count == 0 ? null : broken.Pages[^1].Cursor);
        FactText.Of(instance.Normaliser, broken.Records.Concat(rest.Records)).ShouldBe(facts, $"{stream}, failed after {answered} answers");
    }

    private static Task<Reading> ReadAsync(ConnectorInstance instance, string stream, string? cursor = null) =>
        Reading.OfAsync(instance, stream, cursor, TestContext.Current.CancellationToken);
}
