using System.Text.Json.Nodes;
using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Sandbox.AzureDevOps;

public sealed class AzureDevOpsReadingTests
{
    [Fact]
    public async Task A_batch_omits_what_it_cannot_read_as_null_or_fails_whole()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        server.Story(0);
        var omit = await server.PostAsync("/_apis/wit/workitemsbatch?api-version=7.1", """{"ids":[1,99],"fields":["System.Title"],"errorPolicy":2}""");
        omit.Values.Count.ShouldBe(2);
        omit.Values[1].ShouldBeNull();
        (await server.PostAsync("/_apis/wit/workitemsbatch?api-version=7.1", """{"ids":[1,99]}""")).Status.ShouldBe(404);
        var conflict = await server.PostAsync("/_apis/wit/workitemsbatch?api-version=7.1", """{"ids":[1],"fields":["System.Id"],"$expand":"relations"}""");
        (conflict.Status, conflict.TypeKey).ShouldBe((400, "ConflictingParametersException"));
    }

    [Fact]
    public async Task An_item_is_read_as_it_was_and_with_its_relations()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var parent = server.Story(0);
        var id = server.Story(1, "Before", s => s with { Parent = parent });
        server.Change(10, id, ItemField.Title, "After");
        server.StandIn.AddLink(AzureDevOpsServer.At(11), server.Ann, new LinkSpec(id, "relates", null, "https://other.example.com/browse/WEB-1"));

        var old = await server.GetAsync($"/_apis/wit/workitems/{id}?api-version=7.1&asOf=2026-03-02T09:05:00Z");
        ((string?)old["fields"]!["System.Title"]).ShouldBe("Before");
        var now = await server.GetAsync($"/_apis/wit/workitems/{id}?api-version=7.1&$expand=4");
        now["relations"]!.AsArray().Select(r => (string?)r!["rel"]).ShouldBe(["System.LinkTypes.Hierarchy-Reverse", "Hyperlink"]);
        ((int?)now["fields"]!["System.HyperLinkCount"]).ShouldBe(1);
        var seenFromParent = await server.GetAsync($"/_apis/wit/workitems/{parent}?api-version=7.1&$expand=relations");
        ((int?)seenFromParent["rev"]).ShouldBe(1);
        ((string?)seenFromParent["relations"]![0]!["url"]).ShouldEndWith("/_apis/wit/workItems/2");
    }

    [Fact]
    public async Task Updates_tell_what_differed()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = server.Story(0);
        server.Change(1, id, ItemField.Status, "Closed");
        var updates = (await server.GetAsync($"/Web/_apis/wit/workitems/{id}/updates?api-version=7.1"))["value"]!.AsArray();
        updates.Count.ShouldBe(2);
        updates[1]!["fields"]!["System.State"]!.ToJsonString().ShouldBe("""{"oldValue":"New","newValue":"Closed"}""");
        ((string?)updates[1]!["fields"]!["Microsoft.VSTS.Common.ClosedDate"]!["newValue"]).ShouldBe("2026-03-02T09:01:00Z");
        ((string?)updates[1]!["revisedDate"]).ShouldBe("9999-01-01T00:00:00Z");
        updates[1]!["fields"]!.AsObject().ContainsKey("System.Title").ShouldBeFalse();
    }

    [Theory]
    [InlineData("[System.TeamProject] = @project", "1 2 3")]
    [InlineData("[System.Id] > 1 AND [System.Id] <= 3", "2 3")]
    [InlineData("[System.AreaPath] UNDER 'Web\\Red'", "2")]
    [InlineData("[System.State] IN ('Active', 'Closed') OR [System.Title] CONTAINS 'it''s'", "1 3")]
    [InlineData("NOT ([System.State] = 'Active')", "1 2")]
    [InlineData("[System.AssignedTo] = 'ben@example.com'", "3")]
    [InlineData("[System.ChangedDate] >= '2026-03-02T09:02:00Z'", "3", "&timePrecision=true")]
    [InlineData("[System.ChangedDate] >= '2026-03-02'", "1 2 3")]
    [InlineData("[System.CreatedDate] < @today - 29 AND [System.WorkItemType] <> 'Bug' ORDER BY [System.Id] DESC", "3 2 1")]
    [InlineData("[System.Tags] CONTAINS 'blocked'", "2")]
    public async Task Queries_find_ids(string where, string ids, string options = "")
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        server.Story(0, "it's one");
        server.Story(1, "two", s => s with { Team = "Red", Blocked = true });
        var third = server.Story(2, "three", s => s with { Assignee = "ben@example.com" });
        server.Change(3, third, ItemField.Status, "Active");
        string.Join(' ', await server.QueryAsync(where, options)).ShouldBe(ids);
    }

    [Fact]
    public async Task A_query_refuses_times_without_time_precision_and_what_it_does_not_know()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        foreach (var where in new[] { "[System.ChangedDate] > '2026-03-02T09:00:00Z'", "[System.Nonsense] = 1", "[System.Id] ~ 1", "[System.Id] = " })
            (await server.PostAsync("/Web/_apis/wit/wiql?api-version=7.1", new JsonObject { ["query"] = $"SELECT [System.Id] FROM WorkItems WHERE {where}" }.ToJsonString())).Status.ShouldBe(400, where);
    }

    [Fact]
    public async Task A_query_with_too_many_rows_is_an_error_unless_it_asks_for_fewer()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        for (var index = 0; index <= 20_000; index++)
            server.Story(0);
        const string body = """{"query":"SELECT [System.Id] FROM WorkItems"}""";
        var answer = await server.PostAsync("/_apis/wit/wiql?api-version=7.1", body);
        answer.Status.ShouldBe(400);
        answer.Body.ShouldContain("VS402337");
        (await server.PostAsync("/_apis/wit/wiql?api-version=7.1&$top=5", body)).Json["workItems"]!.AsArray().Count.ShouldBe(5);
    }
}
