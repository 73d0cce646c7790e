using TsPmo.Model.Facts;
using TsPmo.Model.Work;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>Iterations that revisions name and that no tree holds any more: what was in them stays together.</summary>
public sealed class DeletedIterationTests
{
    private const string Tree = "/classificationnodes/";
    private const string WithSprint = """{"id":1,"identifier":"root","name":"Web","children":[{"id":9,"identifier":"I9","name":"Sprint 9"}]}""";
    private const string Without = """{"id":1,"identifier":"root","name":"Web"}""";

    [Fact]
    public async Task A_revision_keeps_an_iteration_that_was_deleted_before_it_was_ever_seen()
    {
        await using var server = await StartAsync(Revision(1, 9, @"Web\\Release 1\\Sprint 9"), Revision(2, 9, @"Web\\Release 1\\Sprint 9"));
        var facts = await new Organisation(server.Address, "secret", "Web").NewAsync<Fact>("workItems");
        var sprint = facts.OfType<SprintFact>().ShouldHaveSingleItem();
        (sprint.Id, sprint.Project, sprint.Name, sprint.FirstDay, sprint.IsSelected).ShouldBe(("iteration/9", "Web", "Sprint 9", null, false));
        facts.OfType<WorkItemEvent>().Select(Sprints).ShouldBe([RawValue.OfList([sprint.Id]), RawValue.OfList([sprint.Id])]);
    }

    [Fact]
    public async Task A_revision_keeps_an_iteration_under_the_identifier_that_it_had_when_it_was_seen_by_an_earlier_process()
    {
        await using var server = await StartAsync(Revision(1, 9, @"Web\\Sprint 9"));
        server.On(Tree, WithSprint);
        var organisation = new Organisation(server.Address, "secret", "Web");
        await organisation.ReadAsync("iterations");
        server.On(Tree, Without);
        organisation.Name();
        await organisation.ReadAsync("iterations");
        var facts = await organisation.NewAsync<Fact>("workItems");
        facts.OfType<WorkItemEvent>().Select(Sprints).ShouldBe([RawValue.OfList(["i9"])]);
        facts.OfType<SprintFact>().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_iteration_of_which_only_a_path_is_told_may_merely_have_been_renamed_and_is_no_sprint()
    {
        await using var server = await StartAsync(Revision(1, null, @"Web\\Sprint 9"));
        var facts = await new Organisation(server.Address, "secret", "Web").NewAsync<Fact>("workItems");
        facts.OfType<WorkItemEvent>().Select(Sprints).ShouldBe([RawValue.None]);
        facts.OfType<SprintFact>().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_iteration_of_a_project_that_cannot_be_read_is_not_taken_for_deleted()
    {
        await using var server = await StartAsync(Revision(1, 9, @"Gone\\Sprint 9"));
        server.On("/Gone/_apis/wit/classificationnodes/", """{"message":"TF200016: The following project does not exist: Gone.","typeKey":"ProjectDoesNotExistWithNameException"}""", 404);
        var facts = await new Organisation(server.Address, "secret", "Web").NewAsync<Fact>("workItems");
        facts.OfType<WorkItemEvent>().Select(Sprints).ShouldBe([RawValue.None]);
    }

    private static async Task<ScriptedOrganisation> StartAsync(params string[] revisions)
    {
        var server = await ScriptedOrganisation.StartAsync("Web");
        server.On(Tree, Without);
        server.On("/Web/_apis/wit/reporting/workitemrevisions", $$"""{"values":[{{string.Join(',', revisions)}}],"isLastBatch":true,"continuationToken":"2"}""");
        return server;
    }

    private static string Revision(int item, int? number, string path)
    {
        var id = number is null ? "" : $"\"System.IterationId\":{number},";
        var fields = $$"""{{id}}"System.IterationPath":"{{path}}","System.TeamProject":"Web","System.WorkItemType":"Bug","System.State":"New","System.ChangedDate":"2026-03-30T08:00:00Z" """;
        return $$"""{"id":{{item}},"fields":{ {{fields}} },"rev":1}""";
    }

    private static RawValue Sprints(WorkItemEvent change) => change.Values.GetValueOrDefault(RawFields.Sprints).To;
}
