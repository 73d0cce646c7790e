using System.Text.Json.Nodes;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Tests.Sandbox.AzureDevOps;
using static TsPmo.Plugins.Tests.Connectors.AzureDevOps.Organisation;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

public sealed class WikiPagePublisherTests
{
    private const string Pages = "/Web/_apis/wiki/wikis/Web.wiki/pages";

    [Theory]
    [InlineData("Web:/PMO/Status/Payments")]
    [InlineData("Web:Web.wiki:/PMO/Status/Payments")]
    [InlineData("/PMO/Status/Payments")]
    public async Task A_page_is_made_with_those_above_it_kept_current_and_taken_away_with_them(string anchor)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var publication = Place(server, anchor);
        var first = await publication.WriteAsync(Report("-4 days"));
        var second = await publication.WriteAsync(Report("-5 *days* [[_TOC_]] <b> @ann"));
        second.RemoteId.ShouldBe(first.RemoteId);
        (await TextAsync(server, "/PMO/Status/Payments")).ShouldNotBeNull().ShouldContain(@"-5 \*days\* \[\[\_TOC\_\]\] \<b\> \@ann");
        server.Notifications.Sent.ShouldBeEmpty();
        await publication.WriteAsync(null);
        (await TextAsync(server, "/PMO")).ShouldBeNull();
        (await publication.PlanAsync(null)).Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    [Fact]
    public async Task Pages_above_and_below_that_others_wrote_stay()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        await PutAsync(server, "/PMO", "A person's");
        var publication = Place(server, "Web:/PMO/Status");
        await publication.WriteAsync(Report("-4 days"));
        await PutAsync(server, "/PMO/Status/Notes", "Theirs");
        await publication.WriteAsync(null);
        (await TextAsync(server, "/PMO")).ShouldBe("A person's");
        (await TextAsync(server, "/PMO/Status/Notes")).ShouldBe("Theirs");
        (await TextAsync(server, "/PMO/Status")).ShouldNotBeNull().ShouldNotContain("days");
        (await publication.PlanAsync(null)).Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    [Fact]
    public async Task A_page_that_is_not_ours_is_refused_and_left_alone()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        await PutAsync(server, "/Status", "A person's");
        var publication = Place(server, "Web:/Status");
        var plan = await publication.PlanAsync(Report("-4 days"));
        (plan.Outcome, plan.Problem!.Code).ShouldBe((PlanOutcome.Refused, "page-of-others"));
        (await publication.PlanAsync(null)).Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    [Fact]
    public async Task What_a_person_made_of_the_page_is_a_conflict_until_somebody_decides_to_take_over()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var publication = Place(server, "Web:/Status");
        var mine = (await publication.WriteAsync(Report("-4 days"))).Written!.Replace("-4 days", "Mine", StringComparison.Ordinal);
        await EditAsync(server, "/Status", mine);
        foreach (var report in new[] { null, Report("-4 days"), Report("-5 days") })
            (await publication.PlanAsync(report)).Outcome.ShouldBe(PlanOutcome.Conflict);
        (await publication.PlanAsync(null)).Standing.ShouldBe(mine);
        publication.TakesOver = true;
        await publication.WriteAsync(Report("-4 days"));
        publication.TakesOver = false;
        (await publication.PlanAsync(Report("-4 days"))).Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    [Fact]
    public async Task A_change_between_plan_and_write_is_not_overwritten_nor_taken_away()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var publication = Place(server, "Web:/Status");
        await publication.WriteAsync(Report("-4 days"));
        var (update, retract) = (await publication.BeginAsync(Report("-5 days")), (await publication.PlanAsync(null)).Write.ShouldNotBeNull());
        await EditAsync(server, "/Status", "Mine");
        foreach (var write in new[] { update, retract })
            (await publication.ApplyAsync(write)).Problem.ShouldNotBeNull().Code.ShouldBe("changed-meanwhile");
        (await TextAsync(server, "/Status")).ShouldBe("Mine");
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_may_be_repeated()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var publication = Place(server, "Web:/Status");
        var write = await publication.BeginAsync(Report("-4 days"));
        await publication.ApplyAsync(write);
        (await publication.ApplyAsync(write)).Problem.ShouldBeNull();
        (await publication.PlanAsync(Report("-4 days"))).Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    [Theory]
    [InlineData("Web:Nope:/Status", "wiki-missing")]
    [InlineData("Nope:/Status", "anchor-unknown")]
    [InlineData("Web:/", "anchor-unknown")]
    public async Task A_place_that_is_not_there_is_refused_with_a_remedy(string anchor, string code)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var plan = await Place(server, anchor).PlanAsync(Report("-4 days"));
        (plan.Outcome, plan.Problem!.Code).ShouldBe((PlanOutcome.Refused, code));
        plan.Problem.Remedy.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_project_without_a_wiki_is_told_so()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync(switches: new() { WithoutWiki = ["Web"] });
        (await Place(server, "Web:/Status").PlanAsync(Report("-4 days"))).Problem.ShouldNotBeNull().Code.ShouldBe("wiki-missing");
    }

    private static Publication Place(AzureDevOpsServer server, string anchor) =>
        new(new Organisation(server.Address, AzureDevOpsServer.Token, "Web").Publisher("WikiPage"), anchor);

    private static async Task PutAsync(AzureDevOpsServer server, string path, string text)
    {
        var answer = await server.SendAsync(HttpMethod.Put, Address(path), new JsonObject { ["content"] = text }.ToJsonString());
        answer.Status.ShouldBeInRange(200, 201, answer.Body);
    }

    /// <summary>A person changes a page from what stands there.</summary>
    private static async Task EditAsync(AzureDevOpsServer server, string path, string text)
    {
        (await server.SendAsync(HttpMethod.Delete, Address(path))).Status.ShouldBe(200);
        await PutAsync(server, path, text);
    }

    private static async Task<string?> TextAsync(AzureDevOpsServer server, string path)
    {
        var answer = await server.SendAsync(HttpMethod.Get, Address(path) + "&includeContent=true");
        return answer.Status == 404 ? null : (string?)answer.Json["content"];
    }

    private static string Address(string path) => $"{Pages}?path={Uri.EscapeDataString(path)}&{AzureDevOpsServer.Version}";
}
