using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>What changes for the worse while a pass is under way: it is told, and what was read before and beside it stays.</summary>
public sealed class MidPassTests
{
    private const string NoProject = """{"message":"TF200016: The following project does not exist: Gone.","typeKey":"ProjectDoesNotExistWithNameException"}""";

    [Fact]
    public async Task A_project_that_disappears_is_told_once_a_stream_and_the_others_are_read()
    {
        await using var organisation = await StartAsync();
        organisation.On("/Gone/", NoProject, 404);
        organisation.On("p0/teams", NoProject, 404);
        var reader = new Organisation(organisation.Address, "secret", "Gone", "Web");
        foreach (var (stream, kind) in new[] { ("catalogue", "project"), ("iterations", "iterations"), ("deployments", "") })
        {
            var reading = await reader.ReadAsync(stream);
            reading.Failure.ShouldBeNull();
            var notice = reading.Notices.ShouldHaveSingleItem();
            (notice.Code, notice.Scope).ShouldBe(("project-unknown", "Gone"));
            reading.Records.Where(r => r.Kind == kind).Select(r => r.Id).ShouldBe(kind.Length > 0 ? ["Web"] : []);
        }
    }

    [Fact]
    public async Task A_project_that_comes_back_is_read_in_the_next_pass()
    {
        await using var organisation = await StartAsync();
        organisation.On("/Gone/", NoProject, 404);
        var reader = new Organisation(organisation.Address, "secret", "Gone", "Web");
        await reader.ReadAsync("catalogue");
        organisation.On("/Gone/", ScriptedOrganisation.List([]));
        (await reader.ReadAsync("catalogue")).Records.Where(r => r.Kind == "project").Select(r => r.Id).ShouldBe(["Gone"]);
        (await reader.ReadAsync("catalogue")).Pages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_that_expires_ends_the_stream_and_the_pass_at_the_first_refusal()
    {
        await using var organisation = await StartAsync();
        var reader = new Organisation(organisation.Address, "secret", "Gone", "Web");
        (await reader.ReadAsync("catalogue")).Failure.ShouldBeNull();
        organisation.On("/Web/_apis/wit/classificationnodes/", """{"message":"TF400813: The user is not authorized."}""", 401);
        var iterations = await reader.ReadAsync("iterations");
        iterations.Failure.ShouldNotBeNull().Code.ShouldBe("authentication-failed");
        iterations.Failure.Scope.ShouldBe("iterations");
        var asked = organisation.Received.Count;
        foreach (var stream in reader.Instance.Connector.Streams.Skip(2))
            (await reader.ReadAsync(stream)).Failure.ShouldNotBeNull(stream).Code.ShouldBe("authentication-failed");
        organisation.Received.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task What_was_read_before_a_token_expired_goes_on_where_it_stopped()
    {
        await using var organisation = await StartAsync();
        var reader = new Organisation(organisation.Address, "secret", "Gone", "Web");
        organisation.On("/Web/_apis/wit/workitemtypes", "{}", 401);
        (await reader.ReadAsync("catalogue")).Failure.ShouldNotBeNull();
        organisation.On("/Web/_apis/wit/workitemtypes", """{"value":[{"name":"Bug","states":[{"name":"New","category":"Proposed"}]}]}""");
        (await reader.NewAsync<StateDefinition>("catalogue")).ShouldHaveSingleItem().Project.ShouldBe("Web");
    }

    private static async Task<ScriptedOrganisation> StartAsync()
    {
        var organisation = await ScriptedOrganisation.StartAsync("Gone", "Web");
        organisation.On("/classificationnodes/", """{"id":1,"name":"Web","children":[{"id":2,"identifier":"i1","name":"S1"}]}""");
        return organisation;
    }
}
