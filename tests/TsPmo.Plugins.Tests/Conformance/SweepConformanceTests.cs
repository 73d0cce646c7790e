using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Sandbox.AzureDevOps;
using TsPmo.Sandbox.Control;
using TsPmo.Sandbox.World;
using TsPmo.Testing.Conformance;

namespace TsPmo.Plugins.Tests.Conformance;

/// <summary>What every connector must do that can tell which items there are, asked of every connector in the catalogue through the stand-ins of its tracker.</summary>
[Collection("sandbox")]
public sealed class SweepConformanceTests(SandboxConnectors sandbox)
{
    private const string Nobody = "987654321";

    /// <summary>More requests than a sweep of the small portfolio needs.</summary>
    private const int MostRequests = 60;

    public static TheoryData<string> Trackers => ConnectorConformanceTests.Trackers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Trackers))]
    public async Task A_sweep_that_fails_half_way_says_so_and_completes_no_project_that_it_did_not_list_whole(string tracker)
    {
        var projects = sandbox.Connect(tracker).Projects;
        var whole = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var project in projects)
            whole[project] = (await Looking.OfAsync(Sweep(tracker).SweepAsync([project], Cancellation))).Ids;

        var answered = 0;
        for (var swept = await FailingAsync(); swept.Failure is not null || swept.Notices.Count > 0; swept = await FailingAsync())
        {
            foreach (var project in swept.Completed ?? [])
                whole[project].Except(swept.Ids, StringComparer.Ordinal).ShouldBeEmpty($"{project} after {answered} answers");
            swept.Completed.ShouldNotBe(projects, $"after {answered} answers");
            if (swept.Failure is not null)
                swept.Completed.ShouldBeNull();
            (++answered).ShouldBeLessThan(MostRequests, string.Join('\n', swept.Notices.Prepend(swept.Failure)));
        }

        answered.ShouldBeGreaterThanOrEqualTo(projects.Count, "there is a list for each project, and each can fail");

        async Task<Looking> FailingAsync()
        {
            sandbox.Server.AddFault(new FaultRule(FaultAction.Status, tracker, Status: 418, After: answered));
            try
            {
                return await Looking.OfAsync(Sweep(tracker).SweepAsync(projects, Cancellation));
            }
            finally
            {
                sandbox.Server.ClearFaults();
            }
        }
    }

    [Theory, MemberData(nameof(Trackers))]
    public async Task A_look_answers_for_each_id_once(string tracker)
    {
        var instance = sandbox.Connect(tracker);
        var there = (await Looking.OfAsync(Sweep(tracker).SweepAsync(instance.Projects, Cancellation))).Ids.Take(120).ToList();
        var gone = Create(tracker);
        sandbox.Tracker(tracker).DeleteItem(Now, gone.Author, gone.Id);

        var look = await LookAsync(tracker, [.. there, gone.Id, Nobody]);

        var answers = look.Steps.Cast<LookedAt>().SelectMany(step => Items(instance, step.Records).Concat(step.Absent.Select(a => a.Id)));
        answers.ShouldBe([.. there, gone.Id, Nobody], ignoreOrder: true);
        look.Absent.Select(a => a.Id).ShouldBe([gone.Id, Nobody], ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Trackers))]
    public async Task An_item_that_was_out_of_sight_and_is_seen_again_is_listed_again_and_told_whole(string tracker)
    {
        var instance = sandbox.Connect(tracker);
        var item = Create(tracker);
        var before = FactText.Of(instance.Normaliser, (await LookAsync(tracker, item.Id)).Records);
        sandbox.Tracker(tracker).ShowItem(Now, item.Author, item.Id, visible: false, HidingWay.Permission);
        (await ListAsync(tracker)).ShouldNotContain(item.Id);
        var hidden = await LookAsync(tracker, item.Id);
        (hidden.Absent.Single().Id, hidden.Records.Count).ShouldBe((item.Id, 0));

        sandbox.Tracker(tracker).ShowItem(Now, item.Author, item.Id, visible: true, HidingWay.Permission);

        (await ListAsync(tracker)).ShouldContain(item.Id);
        FactText.Of(instance.Normaliser, (await LookAsync(tracker, item.Id)).Records).ShouldBe(before);
    }

    [Theory]
    [InlineData("jiraCloud", false, Absence.Deleted)]
    [InlineData("jiraDc", false, Absence.Hidden)]
    [InlineData("azureDevOps", false, Absence.Deleted)]
    [InlineData("azureDevOps", true, Absence.Hidden)]
    public async Task A_lost_right_is_told_from_a_deletion_where_the_tracker_tells_them_apart(string tracker, bool forbids, Absence told)
    {
        if (forbids)
            sandbox.Server.AzureDevOps(tracker).Switches = new AzureDevOpsSwitches { HiddenIsForbidden = true };
        try
        {
            var (hidden, deleted) = (Create(tracker), Create(tracker));
            sandbox.Tracker(tracker).ShowItem(Now, hidden.Author, hidden.Id, visible: false, HidingWay.Permission);
            sandbox.Tracker(tracker).DeleteItem(Now, deleted.Author, deleted.Id);

            var absent = (await LookAsync(tracker, hidden.Id, deleted.Id)).Absent;

            absent.ShouldBe([new(hidden.Id, told), new(deleted.Id, Absence.Deleted)], ignoreOrder: true);
        }
        finally
        {
            if (forbids)
                sandbox.Server.AzureDevOps(tracker).Switches = new AzureDevOpsSwitches();
        }
    }

    private DateTimeOffset Now
    {
        get
        {
            var now = sandbox.Server.Clock.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        }
    }

    private ISweep Sweep(string tracker) => sandbox.Connect(tracker).Connector.ShouldBeAssignableTo<ISweep>().ShouldNotBeNull();

    private async Task<Looking> LookAsync(string tracker, params string[] ids)
    {
        var look = await Looking.OfAsync(Sweep(tracker).LookAsync(ids, Cancellation));
        look.Failure.ShouldBeNull();
        return look;
    }

    private async Task<IReadOnlyList<string>> ListAsync(string tracker) =>
        (await Looking.OfAsync(Sweep(tracker).SweepAsync(sandbox.Connect(tracker).Projects, Cancellation))).Ids;

    private static IEnumerable<string> Items(ConnectorInstance instance, IEnumerable<SourceRecord> records) =>
        records.SelectMany(r => instance.Normaliser.Normalise(r).Facts).OfType<WorkItemFact>().Select(f => f.Id).Distinct(StringComparer.Ordinal);

    /// <summary>An item of a project that somebody has just made and changed.</summary>
    private (string Id, string Author) Create(string tracker)
    {
        var at = sandbox.Tracker(tracker);
        var author = at.AddPerson(new("Ola Ohm", "ola@acme.example"));
        var item = at.CreateItem(Now, author, tracker switch
        {
            "jiraCloud" => new("PAY", "Story", "Looked for", "To Do"),
            "jiraDc" => new("LED", "Story", "Looked for", "To Do"),
            _ => new("Payments", "User Story", "Looked for", "New"),
        });
        at.ChangeItem(Now.AddMilliseconds(1), author, item.Id, [new(ItemField.Points, 5d)]);
        return (item.Id, author);
    }
}
