using TsPmo.Sandbox.World;
using TsPmo.Testing.Contracts;

namespace TsPmo.Plugins.Tests.Sandbox.AzureDevOps;

public sealed class AzureDevOpsContractTests
{
    private const string Deployments = "ado answer GET /{organization}/{project}/_apis/release/deployments body.value[].release.";
    private const string IterationItems = "ado answer GET /{organization}/{project}/{team}/_apis/work/teamsettings/iterations/{iterationId}/workitems body.workItemRelations[].";

    /// <summary>Where the wire is known to differ from the vendor's documents, each with the observation that justifies it.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        [Deployments + "createdBy: null is not allowed"] = "the vendor's own example has null",
        [Deployments + "description: null is not allowed"] = "the vendor's own example has null",
        [Deployments + "modifiedBy: null is not allowed"] = "the vendor's own example has null",
        [Deployments + "releaseDefinition: null is not allowed"] = "the vendor's own example has null",
        [IterationItems + "rel: null is not allowed"] = "the vendor's own example has null for items without a parent",
        [IterationItems + "source: null is not allowed"] = "the vendor's own example has null for items without a parent",
        ["ado answer POST /{organization}/{project}/_apis/wit/workitemsbatch body.value[]: null is not allowed"] = "under the policy omit, what cannot be read is null",
    };

    [Fact]
    public async Task Every_answer_is_as_the_vendor_declares_it()
    {
        Assert.SkipWhen(ContractCheck.Folder is null, "The vendors' documents lie beside the repository only on the builders' machines.");
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var sprint = Populate(server);
        foreach (var path in Paths(sprint))
            (await server.SendAsync(HttpMethod.Get, path)).Status.ShouldBe(200, path);
        await WriteAsync(server);

        var check = ContractCheck.Load(ContractCheck.Folder);
        var found = server.Exchanges.SelectMany(check.Compare).Where(difference => difference.Side == "answer").Select(difference => difference.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        found.ShouldBe([.. Known.Keys.Order(StringComparer.Ordinal)]);
    }

    private static string Populate(AzureDevOpsServer server)
    {
        DateTimeOffset monday = new(2026, 3, 30, 0, 0, 0, TimeSpan.Zero);
        var sprint = server.StandIn.AddSprint(new SprintSpec("Web", "Sprint 1", null, "active", monday, monday.AddDays(11), Teams: ["Red"]));
        var parent = server.Story(0);
        var child = server.Story(1, "Child", s => s with { Parent = parent, Sprints = [sprint], Team = "Red", Points = 3, Assignee = server.Ben, PlannedFinish = new(2026, 4, 1), Labels = ["a"] });
        server.StandIn.AddLink(AzureDevOpsServer.At(2), server.Ann, new LinkSpec(parent, "relates", null, "https://x.example.com/1"));
        server.StandIn.AddLink(AzureDevOpsServer.At(2), server.Ann, new LinkSpec(parent, "blocks", child));
        server.Change(3, child, ItemField.Status, "Closed");
        server.StandIn.DeleteItem(AzureDevOpsServer.At(4), server.Ann, server.Story(3));
        DateRange day = new(new(2026, 4, 1), new(2026, 4, 2));
        server.StandIn.SetCapacity(new CapacitySpec("Web", "Red", sprint, [new CapacityRow(server.Ann, [("Design", 2.5)], [day])], [day]));
        foreach (var (source, result) in new[] { ("environment", "succeeded"), ("environment", "partial"), ("environment", "running"), ("release", "succeeded"), ("release", "canceled"), ("release", "partial") })
            server.StandIn.AddDeployment(new DeploymentSpec("Web", "prod", "shop", source, result, monday, result == "running" ? null : monday.AddMinutes(4), "abc"));
        return sprint;
    }

    private static IEnumerable<string> Paths(string sprint)
    {
        string[] work = ["work/teamsettings", "work/teamsettings/iterations", "work/teamsettings/teamfieldvalues", "work/backlogconfiguration"];
        string[] iteration = ["", "/capacities", "/teamdaysoff", "/workitems"];
        string[] project =
        [
            "wit/classificationnodes?$depth=3", "wit/classificationnodes/iterations/Sprint 1?$depth=1", "wit/fields", "wit/fields/System.Id", "wit/recyclebin", "wit/recyclebin/3",
            "wit/reporting/workitemrevisions?includeDeleted=true", "wit/reporting/workitemrevisions?includeIdentityRef=true", "wit/reporting/workitemlinks", "wit/workitems?ids=1,2", "wit/workitems/1?$expand=all",
            "wit/workItems/2/revisions", "wit/workItems/2/revisions/1", "wit/workItems/2/updates", "wit/workItems/2/updates/1", "wit/workitemtypecategories",
            "wit/workitemtypecategories/Microsoft.TaskCategory", "wit/workitemtypes", "wit/workitemtypes/Bug", "wit/workitemtypes/Bug/states",
            $"work/iterations/{sprint}/iterationcapacities", "work/processconfiguration", "distributedtask/environments", "distributedtask/environments/1",
            "distributedtask/environments/1/environmentdeploymentrecords", "build/builds", "build/builds/1", "build/builds/1/changes", "build/builds/1/workitems", "build/definitions",
            "build/definitions/1", "release/deployments", "release/releases",
        ];
        string[] organisation = ["process/processes", "projects", "projects/Web?includeCapabilities=true", "projects/Web/teams", "projects/Web/teams/Red", "projects/Web/teams/Red/members", "teams", "wit/workitemrelationtypes"];
        return
        [
            .. organisation.Select(path => Versioned("/_apis/" + path, "7.1")),
            .. project.Select(path => Versioned("/Web/_apis/" + path, "7.1")),
            .. work.Select(path => Versioned("/Web/Red/_apis/" + path, "7.1")),
            .. iteration.Select(path => Versioned($"/Web/Red/_apis/work/teamsettings/iterations/{sprint}{path}", "7.1")),
            Versioned("/_apis/projects/Web/properties", "7.1-preview.1"),
            Versioned("/Web/_apis/pipelines/environments/1/environmentdeploymentrecords", "7.2-preview.1"),
        ];
    }

    private static string Versioned(string path, string version) => $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}api-version={version}";

    private static async Task WriteAsync(AzureDevOpsServer server)
    {
        const string comments = "/Web/_apis/wit/workItems/1/comments";
        (await server.PatchAsync("1", """[{"op":"add","path":"/fields/Custom.PmoStatus","value":"late"}]""", "&suppressNotifications=true")).Status.ShouldBe(200);
        (await server.PostAsync($"{comments}?{AzureDevOpsServer.Preview}", """{"text":"hello"}""")).Status.ShouldBe(200);
        (await server.SendAsync(HttpMethod.Get, $"{comments}?{AzureDevOpsServer.Preview}")).Status.ShouldBe(200);
        (await server.SendAsync(HttpMethod.Delete, $"{comments}/1?{AzureDevOpsServer.Preview}")).Status.ShouldBe(200);
        (await server.PostAsync("/Web/Red/_apis/wit/wiql?api-version=7.1", """{"query":"SELECT [System.Id] FROM WorkItems ORDER BY [System.Id]"}""")).Status.ShouldBe(200);
        (await server.PostAsync("/Web/_apis/wit/workitemsbatch?api-version=7.1", """{"ids":[1,99],"errorPolicy":"omit","$expand":"relations"}""")).Status.ShouldBe(200);
        (await server.SendAsync(HttpMethod.Delete, "/Web/_apis/wit/workitems/2?api-version=7.1")).Status.ShouldBe(200);
    }
}
