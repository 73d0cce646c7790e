using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;
using TsPmo.Plugins.Connectors.AzureDevOps;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

public sealed class NormaliserTests
{
    private const string Context = """{"base":"https://dev.example.com/acme","iterations":{"41":"5b0f8c7e-0000-4000-8000-000000000041","1":""}}""";

    [Theory]
    [InlineData("revision")]
    [InlineData("project")]
    [InlineData("capacity")]
    [InlineData("job")]
    [InlineData("runContent")]
    [InlineData("runQuality")]
    [InlineData("pullRequest")]
    [InlineData("release")]
    public void A_recording_gives_the_facts_written_beside_it(string kind)
    {
        var folder = Path.Combine(Path.GetDirectoryName(Here())!, "Recordings");
        var body = File.ReadAllText(Path.Combine(folder, $"{kind}.json"));
        FactLines.Of(Facts(kind, body)).ShouldBe(File.ReadAllText(Path.Combine(folder, $"{kind}.expected.txt")).ReplaceLineEndings("\n").TrimEnd());
    }

    [Fact]
    public void An_item_at_the_root_of_the_iterations_is_in_no_sprint() =>
        Revision("""{"System.IterationId":1,"System.IterationPath":"Payments"}""").Values.Keys.ShouldNotContain(RawFields.Sprints);

    [Fact]
    public void A_deletion_of_which_only_the_fact_is_told_empties_no_field()
    {
        var facts = Facts("revision", """{"id":7,"rev":4,"fields":{"System.IsDeleted":true,"System.ChangedDate":"2026-01-12T09:30:00Z","System.ChangedBy":"Ada <ada@example.com>"}}""");
        var deletion = facts.ShouldHaveSingleItem().ShouldBeOfType<WorkItemEvent>();
        deletion.IsSnapshot.ShouldBeFalse();
        deletion.Values.Keys.ShouldBe([RawFields.Deleted]);
    }

    [Theory]
    [InlineData("System.LinkTypes.Dependency-Forward", "1 Blocks 2")]
    [InlineData("System.LinkTypes.Dependency", "1 Blocks 2")]
    [InlineData("System.LinkTypes.Dependency-Reverse", "2 Blocks 1")]
    [InlineData("System.LinkTypes.Duplicate-Forward", "2 Duplicates 1")]
    [InlineData("System.LinkTypes.Related", "1 Relates 2")]
    [InlineData("Microsoft.VSTS.Common.Affects-Reverse", "1 Relates 2")]
    [InlineData("System.LinkTypes.Hierarchy-Forward", "")]
    public void A_link_is_told_from_its_subject(string rel, string expected)
    {
        var facts = Facts("link", $$"""{"rel":"{{rel}}","sourceId":1,"targetId":2,"changedDate":"2026-01-12T09:30:00Z","isActive":true}""");
        string.Join(' ', facts.Cast<LinkFact>().Select(l => $"{l.FromId} {l.Kind} {l.ToId}")).ShouldBe(expected);
    }

    [Fact]
    public void A_related_link_is_the_same_link_from_both_ends()
    {
        var one = Facts("link", """{"rel":"System.LinkTypes.Related","sourceId":1,"targetId":2,"changedDate":"2026-01-12T09:30:00Z","isActive":true}""");
        var other = Facts("link", """{"rel":"System.LinkTypes.Related","sourceId":2,"targetId":1,"changedDate":"2026-01-12T09:30:00Z","isActive":true}""");
        other.ShouldBe(one);
    }

    [Theory]
    [InlineData("vstfs:///Build/Build/123", "Found in build", "run:123", LinkKind.CausedBy)]
    [InlineData("vstfs:///Build/Build/123", "Integrated in build", "run:123", LinkKind.Relates)]
    [InlineData("vstfs:///ReleaseManagement/ReleaseEnvironment/6a0b%3A55%3A118", "Integrated in release environment", "deployment:release/55/118", LinkKind.Relates)]
    [InlineData("vstfs:///Git/Commit/6a0b%2F7c1d%2Fabc", "Fixed in Commit", null, LinkKind.Relates)]
    public void A_link_to_a_run_or_a_release_is_told_with_its_item(string url, string name, string? address, LinkKind kind)
    {
        var relation = $$$"""{"rel":"ArtifactLink","url":"{{{url}}}","attributes":{"name":"{{{name}}}"}}""";
        var set = Facts("relations", $$"""{"id":7,"relations":[{{relation}},{"rel":"Hyperlink","url":"https://x.example/1"}]}""").OfType<LinkSet>().Single(s => s.Group == DeliveryAddress.Group);
        (string?, LinkKind)[] expected = address is null ? [] : [(address, kind)];
        set.Links.Select(l => (l.OtherUrl, l.Kind)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"deploymentStatus":"notDeployed","operationStatus":"Pending"}""", null)]
    [InlineData("""{"deploymentStatus":"undefined"}""", null)]
    [InlineData("""{"deploymentStatus":"notDeployed","operationStatus":"Canceled"}""", DeploymentResult.Canceled)]
    [InlineData("""{"deploymentStatus":"inProgress","operationStatus":"PhaseInProgress"}""", DeploymentResult.Running)]
    [InlineData("""{"deploymentStatus":"partiallySucceeded"}""", DeploymentResult.Partial)]
    [InlineData("""{"deploymentStatus":"Succeeded"}""", DeploymentResult.Succeeded)]
    public void A_classic_deployment_ends_as_its_two_statuses_say(string statuses, DeploymentResult? expected)
    {
        var deployment = statuses[..^1] + ""","id":1,"release":{"id":2},"releaseEnvironment":{"id":3},"startedOn":"2026-01-12T09:30:00Z","lastModifiedOn":"2026-01-12T09:31:00Z"}""";
        Facts("release", $$"""{"project":"P","base":"https://x","deployment":{{deployment}},"artifacts":null}""").Cast<DeploymentFact>().SingleOrDefault()?.Result.ShouldBe(expected.GetValueOrDefault());
        Facts("release", $$"""{"project":"P","base":"https://x","deployment":{{deployment}}}""").Count.ShouldBe(expected is null ? 0 : 1);
    }

    [Fact]
    public void A_later_state_of_a_job_has_a_higher_version()
    {
        var versions = new[] { Job("", "08:00:00").Version, Job(""","result":"failed","finishTime":"2026-01-12T08:00:00Z" """, "08:00:00").Version, Job(""","result":"failed","finishTime":"2026-01-12T08:05:00Z" """, "08:00:00").Version };
        versions.ShouldBe(versions.Order());
        versions.Distinct().Count().ShouldBe(3);
    }

    [Theory]
    [InlineData("skipped", null)]
    [InlineData("SucceededWithIssues", DeploymentResult.Partial)]
    [InlineData("abandoned", DeploymentResult.Canceled)]
    [InlineData("somethingNew", DeploymentResult.Running)]
    public void A_job_ends_as_its_result_says(string result, DeploymentResult? expected) => Job($$""","result":"{{result}}" """, "08:00:00").Result.ShouldBe(expected);

    [Theory]
    [InlineData("revision", """{"id":1}""")]
    [InlineData("revision", """[1,2]""")]
    [InlineData("link", """{"rel":"System.LinkTypes.Related","sourceId":1}""")]
    [InlineData("job", """{"record":"none"}""")]
    [InlineData("job", """{"environment":{"id":1,"name":"Production"},"record":{"id":1,"stageName":"Deploy"}}""")]
    [InlineData("runContent", """{"changes":[]}""")]
    [InlineData("pullRequest", """{"request":{"pullRequestId":1}}""")]
    [InlineData("something", """{}""")]
    public void What_is_not_understood_says_so(string kind, string body) =>
        Normalise(kind, body).Problem.ShouldNotBeNull().Code.ShouldBe("record-not-understood");

    [Theory]
    [InlineData("\"Microsoft.VSTS.Scheduling.StoryPoints\":\"big\"", "Microsoft.VSTS.Scheduling.StoryPoints")]
    [InlineData("\"Microsoft.VSTS.Scheduling.CompletedWork\":\"5,5\"", "Microsoft.VSTS.Scheduling.CompletedWork")]
    [InlineData("\"Microsoft.VSTS.Scheduling.StartDate\":\"soon\"", "Microsoft.VSTS.Scheduling.StartDate")]
    [InlineData("\"Custom.Size\":\"much\"", "Custom.Size")]
    [InlineData("\"System.State\":null", "System.State")]
    public void A_revision_that_violates_its_own_type_is_taken_and_told(string field, string named)
    {
        const string whole = "\"System.WorkItemType\":\"Bug\",\"System.ChangedDate\":\"2026-01-12T09:30:00Z\",\"System.TeamProject\":\"Payments\",\"System.Title\":\"Kept\"";
        var state = field.Contains("System.State", StringComparison.Ordinal) ? "" : ",\"System.State\":\"Active\"";
        var normalised = Normalise("revision", "{\"id\":7,\"rev\":2,\"fields\":{" + whole + state + "," + field + "}}");
        normalised.Problem.ShouldNotBeNull().Message.ShouldContain(named);
        normalised.Problem.Message.ShouldContain("Revision 2 of work item 7");
        normalised.Facts.OfType<WorkItemFact>().ShouldHaveSingleItem().Title.ShouldBe("Kept");
        normalised.Facts.OfType<WorkItemEvent>().ShouldHaveSingleItem().Values.Keys.ShouldNotContain(RawFields.Custom(named));
    }

    [Fact]
    public void Dates_that_mean_none_violate_nothing() =>
        Normalise("revision", """{"id":7,"rev":1,"fields":{"System.State":"New","System.TeamProject":"Payments","System.WorkItemType":"Bug","System.ChangedDate":"2026-01-12T09:30:00.1234567Z","Microsoft.VSTS.Scheduling.StartDate":"0001-01-01T00:00:00","Microsoft.VSTS.Scheduling.DueDate":"9999-01-01T00:00:00Z"}}""").Problem.ShouldBeNull();

    [Fact]
    public void A_revision_of_a_project_that_nobody_asked_for_counts_only_where_the_item_is_known()
    {
        var told = Facts("foreign-revision", """{"id":7,"rev":2,"fields":{"System.State":"New","System.WorkItemType":"Bug","System.TeamProject":"Elsewhere","System.ChangedDate":"2026-01-12T09:30:00Z","System.ChangedBy":"Ada <ada@example.com>"}}""")
            .ShouldHaveSingleItem().ShouldBeOfType<IfKnown>();
        told.ItemId.ShouldBe("7");
        told.Facts.OfType<PersonFact>().ShouldHaveSingleItem();
        Facts("foreign-revision", """{"id":8}""").ShouldBeEmpty();
    }

    private static DeploymentJobFact Job(string end, string start)
    {
        var record = $$"""{"id":1,"owner":{"id":2},"stageName":"Deploy","startTime":"2026-01-12T{{start}}Z"{{end}}}""";
        return Facts("job", $$"""{"environment":{"id":1,"name":"Production"},"record":{{record}}}""").Cast<DeploymentJobFact>().Single();
    }

    private static WorkItemFact Revision(string fields)
    {
        const string common = "\"System.State\":\"New\",\"System.TeamProject\":\"Payments\",\"System.WorkItemType\":\"Bug\",\"System.ChangedDate\":\"2026-01-12T09:30:00Z\",";
        return Facts("revision", $$"""{"id":7,"rev":1,"fields":{{fields.Insert(1, common)}}}""").OfType<WorkItemFact>().Single();
    }

    [Theory]
    [InlineData("System.LinkTypes.Hierarchy-Forward", "7", "8", true)]
    [InlineData("System.LinkTypes.Hierarchy-Reverse", "8", "7", false)]
    public void Where_revisions_tell_no_parents_a_link_changes_the_parent_of_its_child(string rel, string source, string target, bool isActive)
    {
        var body = $$"""{"rel":"{{rel}}","sourceId":{{source}},"targetId":{{target}},"changedDate":"2026-03-30T08:00:00Z","isActive":{{(isActive ? "true" : "false")}}}""";
        Links(body, """{"parentsAreLinks":false}""").ShouldBeEmpty();
        var change = Links(body, """{"parentsAreLinks":true}""").ShouldHaveSingleItem().ShouldBeOfType<IfKnown>().Facts.ShouldHaveSingleItem().ShouldBeOfType<WorkItemEvent>();
        (change.ItemId, change.IsSnapshot, change.At).ShouldBe(("8", false, new DateTimeOffset(2026, 3, 30, 8, 0, 0, TimeSpan.Zero)));
        change.Values[RawFields.Parent].ShouldBe(isActive ? new RawChange(RawValue.None, RawValue.OfText("7")) : new RawChange(RawValue.OfText("7"), RawValue.None));
    }

    private static IReadOnlyList<Fact> Links(string body, string context) =>
        new AzureDevOpsNormaliser().Normalise(new SourceRecord("link", "1", JsonSerializer.Deserialize<JsonElement>(body), JsonSerializer.Deserialize<JsonElement>(context))).Facts;

    private static IReadOnlyList<Fact> Facts(string kind, string body)
    {
        var normalised = Normalise(kind, body);
        normalised.Problem.ShouldBeNull();
        return normalised.Facts;
    }

    private static Normalised Normalise(string kind, string body) =>
        new AzureDevOpsNormaliser().Normalise(new SourceRecord(kind, "1", JsonSerializer.Deserialize<JsonElement>(body), JsonSerializer.Deserialize<JsonElement>(Context)));

    private static string Here([CallerFilePath] string path = "") => path;
}
