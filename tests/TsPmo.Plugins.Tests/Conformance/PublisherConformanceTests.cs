using System.Text;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;
using TsPmo.Testing.Publishing;

namespace TsPmo.Plugins.Tests.Conformance;

/// <summary>What every publisher must do, asked of every target in the catalogue on the stand-ins of its tracker.</summary>
[Collection("sandbox")]
public sealed class PublisherConformanceTests(SandboxConnectors sandbox)
{
    public static TheoryData<string, string> Targets
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (tracker, type) in new[] { ("jiraCloud", "Jira"), ("jiraDc", "Jira"), ("azureDevOps", "AzureDevOps") })
            {
                foreach (var target in PluginCatalog.Scan().Targets(type))
                    data.Add(tracker, target);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Targets))]
    public async Task Planning_again_after_applying_gives_nothing_to_do(string tracker, string target)
    {
        var place = new Place(sandbox, tracker, target, "again");
        var plan = await place.PlanAsync(Report("-4.5 working days (behind)"));
        plan.Outcome.ShouldBe(PlanOutcome.Create, plan.Problem?.Message);
        await place.ApplyAsync(plan);
        (await place.PlanAsync(Report("-4.5 working days (behind)"))).Outcome.ShouldBe(PlanOutcome.Unchanged);
        await place.RetractAsync();
    }

    [Theory, MemberData(nameof(Targets))]
    public async Task Planning_changes_nothing(string tracker, string target)
    {
        var before = await SnapshotAsync(tracker);
        await new Place(sandbox, tracker, target, "dry").PlanAsync(Report("+1 working day (ahead)"));
        (await SnapshotAsync(tracker)).ShouldBe(before);
    }

    [Theory, MemberData(nameof(Targets))]
    public async Task New_figures_change_what_stands_there_and_nothing_else_appears(string tracker, string target)
    {
        var place = new Place(sandbox, tracker, target, "edit");
        await place.ApplyAsync(await place.PlanAsync(Report("-4.5 working days (behind)")));
        var first = place.Last!.RemoteId;
        var plan = await place.PlanAsync(Report("-6 working days (behind)"));
        plan.Outcome.ShouldBe(PlanOutcome.Update);
        await place.ApplyAsync(plan);
        place.Last.RemoteId.ShouldBe(first);
        (await SnapshotAsync(tracker)).ShouldContain("-6 working days");
        (await SnapshotAsync(tracker)).ShouldNotContain("-4.5 working days");
        await place.RetractAsync();
    }

    [Theory, MemberData(nameof(Targets))]
    public async Task Retracting_leaves_everything_as_it_was_before(string tracker, string target)
    {
        var before = await SnapshotAsync(tracker);
        var place = new Place(sandbox, tracker, target, "undo");
        await place.ApplyAsync(await place.PlanAsync(Report("-4.5 working days (behind)")));
        (await SnapshotAsync(tracker)).ShouldNotBe(before);
        await place.RetractAsync();
        (await SnapshotAsync(tracker)).ShouldBe(before);
        (await place.PlanAsync(null)).Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    [Theory, MemberData(nameof(Targets))]
    public async Task An_anchor_that_is_not_there_is_refused_with_a_remedy(string tracker, string target)
    {
        var nowhere = target == "WikiPage" ? "No such project:/PMO" : tracker == "azureDevOps" ? "99999999" : "NOPE-1";
        var plan = await new Place(sandbox, tracker, target, "lost") { Anchor = nowhere }.PlanAsync(Report("0"));
        plan.Outcome.ShouldBe(PlanOutcome.Refused);
        plan.Problem.ShouldNotBeNull().Remedy.ShouldNotBeEmpty();
    }

    [Theory, MemberData(nameof(Targets))]
    public async Task A_write_whose_answer_was_lost_is_found_again_and_not_repeated(string tracker, string target)
    {
        var place = new Place(sandbox, tracker, target, "crash");
        await place.ApplyAsync(await place.PlanAsync(Report("-4.5 working days (behind)")));
        place.Forget();
        (await place.PlanAsync(Report("-4.5 working days (behind)"))).Outcome.ShouldBe(PlanOutcome.Unchanged);
        await place.RetractAsync();
    }

    public static TheoryData<string, string, string> HostileTexts
    {
        get
        {
            string[] texts =
            [
                "<script>alert(1)</script> [~ada] @ada @<6f1e8a1c> {macro:x|y} {{x}} =HYPERLINK(\"http://x\") [[_TOC_]] ![x](http://x/y.png) #123 !45",
                "\u202Egnp.exe \u2066x\u2069 \u200B\u0000\u001B[31m\r\n\u2028 \uD83D\uDE00 \uD800 lone",
                new('x', 100_000), string.Concat(Enumerable.Repeat("\\*_[<&\u00e9\uD83D\uDE00", 12_000)),
            ];
            var data = new TheoryData<string, string, string>();
            foreach (var row in Targets)
            {
                foreach (var text in texts)
                    data.Add(row.Data.Item1, row.Data.Item2, text);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(HostileTexts), DisableDiscoveryEnumeration = true)]
    public async Task Hostile_text_comes_out_as_plain_text_within_the_targets_limit(string tracker, string target, string text)
    {
        var before = await SnapshotAsync(tracker);
        var place = new Place(sandbox, tracker, target, "hostile");
        var report = Report("0") with
        {
            Title = text, Lines = [new(text, text), new("Overall", text)],
            Figures = new Dictionary<string, string>(StringComparer.Ordinal) { ["rag.overall"] = text },
            Fields = new Dictionary<string, FieldContent>(StringComparer.Ordinal) { ["PMO Schedule Variance"] = new(text) },
        };
        await place.ApplyAsync(await place.PlanAsync(report));
        (await place.PlanAsync(report)).Outcome.ShouldBe(PlanOutcome.Unchanged);
        var standing = await SnapshotAsync(tracker);
        standing.ShouldNotContain("\\u202E");
        standing.ShouldNotContain("\"type\":\"mention\"");
        (standing.Length - before.Length).ShouldBeInRange(1, 700_000);
        await place.RetractAsync();
        (await SnapshotAsync(tracker)).ShouldBe(before);
    }

    private static StatusReport Report(string variance) => new()
    {
        Project = "CONFORM", Title = "Conformance", ContentHash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(variance))),
        AsOf = new DateTimeOffset(2026, 6, 30, 6, 0, 0, TimeSpan.Zero),
        Lines = [new("Schedule variance", variance), new("Deployments", "2.5 per week [~ada] @everyone {macro} <b>&")],
        Figures = new Dictionary<string, string>(StringComparer.Ordinal) { ["schedule.svt"] = variance, ["rag.overall"] = "Amber" },
        Fields = new Dictionary<string, FieldContent>(StringComparer.Ordinal) { ["PMO Status"] = new("Amber"), ["PMO Schedule Variance"] = new(variance) },
        Link = new Uri("https://pmo.example/#CONFORM"),
    };

    /// <summary>The anchor with all that hangs on it, and the pages of the wiki.</summary>
    private async Task<string> SnapshotAsync(string tracker)
    {
        var snapshot = new TrackerSnapshot(sandbox.Server, TestContext.Current.CancellationToken);
        return await snapshot.ItemAsync(tracker, sandbox.Anchor(tracker)) + await snapshot.WikiAsync(tracker);
    }

    private static string WikiProject(SandboxConnectors sandbox) => new TrackerSnapshot(sandbox.Server, CancellationToken.None).WikiProject;

    /// <summary>One publication with what the ledger would know about it.</summary>
    private sealed class Place(SandboxConnectors sandbox, string tracker, string target, string name)
    {
        private readonly IPublisher _publisher = sandbox.Connect(tracker).Publishers[target];
        private string? _before;
        private bool _wrote;

        public string Anchor { get; init; } = target == "WikiPage" ? $"{WikiProject(sandbox)}:/PMO/Status of all/{name}" : sandbox.Anchor(tracker);

        public LastWrite? Last { get; private set; }

        public Task<PublicationPlan> PlanAsync(StatusReport? report) => _publisher.PlanAsync(
            new PublicationRequest
            {
                Id = $"CONFORM/{name}", Anchor = Anchor, Report = report, Last = Last, AllowNotifications = true,
            },
            TestContext.Current.CancellationToken);

        public async Task ApplyAsync(PublicationPlan plan)
        {
            var write = plan.Write.ShouldNotBeNull(plan.Problem?.Message);
            var result = await _publisher.ApplyAsync(write, TestContext.Current.CancellationToken);
            result.Problem.ShouldBeNull(result.Problem?.Message);
            if (!_wrote)
                _before = write.Before;
            _wrote = true;
            Last = write.Kind == PlanOutcome.Retract ? null : new LastWrite(result.RemoteId, "hash", result.Written, _before, IsConfirmed: true);
        }

        public async Task RetractAsync()
        {
            var plan = await PlanAsync(null);
            plan.Outcome.ShouldBe(PlanOutcome.Retract, plan.Problem?.Message);
            await ApplyAsync(plan);
        }

        /// <summary>As after a crash between the write and the record of its result.</summary>
        public void Forget() => Last = Last! with { RemoteId = null, IsConfirmed = false };
    }
}
