using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>A feed that refuses where it should go on or what it is asked for, or that ends nowhere.</summary>
public sealed class FeedRefusalTests
{
    private const string OldToken = "continuationToken=1&";
    private const string TokenRefused = """{"message":"VS402628: The continuation token is not valid.","typeKey":"InvalidContinuationTokenException"}""";
    private const string Link = """{"rel":"System.LinkTypes.Related","sourceId":1,"targetId":2,"changedDate":"2026-03-30T08:00:00Z","isActive":true}""";

    [Theory]
    [InlineData("workItems", "/Web/_apis/wit/reporting/workitemrevisions", 400)]
    [InlineData("workItems", "/Web/_apis/wit/reporting/workitemrevisions", 410)]
    [InlineData("links", "/Web/_apis/wit/reporting/workitemlinks", 400)]
    [InlineData("links", "/Web/_apis/wit/reporting/workitemlinks", 410)]
    public async Task A_place_that_the_feed_refuses_is_told_and_everything_is_read_anew(string stream, string feed, int status)
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        var organisation = Of(server);
        await organisation.ReadAsync(stream);
        server.On(OldToken, TokenRefused, status);
        server.On("/reporting/", Batch("2"));
        server.On(feed, Batch("9", stream == "links" ? Link : Revision(5, 1)));

        var reading = await organisation.ReadAsync(stream);

        reading.Failure.ShouldBeNull();
        reading.Notices.ShouldHaveSingleItem().Code.ShouldBe("feed-restarted");
        reading.Records.ShouldHaveSingleItem();
        var next = await organisation.ReadAsync(stream);
        (next.Failure, next.Notices.Count, next.Pages.Count).ShouldBe((null, 0, 0));
        server.Received[^1].PathAndQuery.ShouldContain("continuationToken=2&");
    }

    [Theory]
    [InlineData("workItems")]
    [InlineData("links")]
    public async Task A_feed_that_refuses_whatever_it_is_asked_keeps_its_place(string stream)
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        var organisation = Of(server);
        await organisation.ReadAsync(stream);
        server.On("/_apis/wit/reporting/", TokenRefused, 400);
        (await organisation.ReadAsync(stream)).Failure.ShouldNotBeNull().Message.ShouldContain("VS402628");

        server.On("/_apis/wit/reporting/", Batch("1"));
        var next = await organisation.ReadAsync(stream);
        (next.Failure, next.Notices.Count).ShouldBe((null, 0));
        server.Received[^1].PathAndQuery.ShouldContain(OldToken);
        server.Asked("/Web/_apis/wit/reporting/").ShouldBe(1, "the project need not be loaded once more");
    }

    [Fact]
    public async Task A_load_whose_place_is_refused_begins_anew()
    {
        const string feed = "/Web/_apis/wit/reporting/workitemrevisions";
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On(feed, $$"""{"values":[{{Revision(5, 1)}}],"isLastBatch":false,"continuationToken":"a"}""");
        server.On(feed + "?continuationToken=a", """{"message":"You may not."}""", 403);
        var organisation = Of(server);
        (await organisation.ReadAsync("workItems")).Notices.ShouldHaveSingleItem();

        server.On(feed + "?continuationToken=a", TokenRefused, 410);
        server.On(feed, Batch("b", Revision(5, 1), Revision(6, 1)));
        var reading = await organisation.ReadAsync("workItems");
        reading.Notices.ShouldBeEmpty();
        reading.Records.Select(r => r.Id).ShouldBe(["5/1", "6/1"]);
        (await organisation.ReadAsync("workItems")).Pages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_field_that_is_deleted_within_the_hour_is_left_out_and_the_rest_is_read()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/wit/fields", Fields("System.Id", "System.Title", "Custom.Size"));
        var organisation = Of(server);
        await organisation.ReadAsync("workItems");
        server.On("/wit/fields", Fields("System.Id", "System.Title"));
        server.On("/_apis/wit/reporting/workitemrevisions", request => request.Body.Contains("Custom.Size", StringComparison.Ordinal)
            ? new("""{"message":"TF51535: Cannot find field Custom.Size.","typeKey":"WorkItemTrackingFieldDefinitionNotFoundException"}""", 400)
            : new(Batch("2", Revision(5, 1))));

        var reading = await organisation.ReadAsync("workItems");

        reading.Failure.ShouldBeNull();
        reading.Notices.ShouldBeEmpty();
        reading.Records.Select(r => r.Kind).ShouldBe(["fields", "revision"], ignoreOrder: true);
        (await organisation.ReadAsync("workItems")).Failure.ShouldBeNull();
        server.Asked("/wit/fields").ShouldBe(2);
    }

    [Theory]
    [InlineData("workItems")]
    [InlineData("links")]
    public async Task A_feed_that_tells_no_place_is_followed_from_when_its_projects_were_loaded(string stream)
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/reporting/", """{"values":[],"isLastBatch":true}""");
        var organisation = new Organisation(server.Address, "secret", new DateOnly(2026, 3, 1), "Web");
        await organisation.ReadAsync(stream);
        organisation.Clock.Advance(TimeSpan.FromHours(3));
        await organisation.ReadAsync(stream);
        var followed = server.Received.Where(r => r.PathAndQuery.StartsWith("/_apis/wit/reporting/", StringComparison.Ordinal)).ToList();
        followed.Count.ShouldBe(3);
        followed.ShouldAllBe(r => r.PathAndQuery.Contains("startDateTime=2026-04-01T08", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("workItems")]
    [InlineData("links")]
    public async Task A_feed_that_goes_round_in_circles_is_not_followed_for_ever(string stream)
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        var organisation = Of(server);
        await organisation.ReadAsync(stream);
        server.On(OldToken, _ => Going("2"));
        server.On("continuationToken=2&", _ => Going("1"));
        var reading = await organisation.ReadAsync(stream);
        reading.Failure.ShouldNotBeNull().Code.ShouldBe("unexpected-answer");

        ScriptedAnswer Going(string to) => new($$"""{"values":[],"isLastBatch":{{(server.Received.Count > 30 ? "true" : "false")}},"continuationToken":"{{to}}"}""");
    }

    [Theory]
    [InlineData("""{"id":5,"rev":1,"fields":{"System.TeamProject":"Web","System.WorkItemType":"Bug","System.State":"New","System.ChangedDate":"2026-03-30T08:00:00Z"}}""", 1)]
    [InlineData("""{"id":5,"rev":1,"fields":{"System.TeamProject":"Web","System.WorkItemType":"Bug","System.State":"New","System.ChangedDate":"2026-03-30T08:00:00Z","System.HyperLinkCount":0}}""", 0)]
    public async Task Hyperlinks_are_asked_for_where_the_feed_does_not_count_them(string revision, int asked)
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/Web/_apis/wit/reporting/workitemrevisions", Batch("2", revision));
        server.On("/workitemsbatch", """{"value":[{"id":5,"relations":[{"rel":"Hyperlink","url":"https://jira.example.com/browse/PAY-1"}]}]}""");
        var links = (await Of(server).NewAsync<LinkSet>("workItems")).Where(l => l.Links.Count > 0).ToList();
        links.Count.ShouldBe(asked);
        server.Asked("/workitemsbatch").ShouldBe(asked);
    }

    [Fact]
    public async Task Hyperlinks_that_the_feed_does_not_count_are_asked_for_in_full_batches()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/Web/_apis/wit/reporting/workitemrevisions", Batch("2", [.. Enumerable.Range(1, 450).Select(i => Revision(i, 1))]));
        (await Of(server).ReadAsync("workItems")).Failure.ShouldBeNull();
        server.Asked("/workitemsbatch").ShouldBe(3);
        server.Received.Where(r => r.PathAndQuery.Contains("/workitemsbatch", StringComparison.Ordinal)).ShouldAllBe(r => r.Body.Contains("relations", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_feed_that_leaves_out_counts_of_none_is_not_asked_about_every_item()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        var counted = Revision(5, 1).Replace("\"System.State\"", "\"System.HyperLinkCount\":1,\"System.State\"", StringComparison.Ordinal);
        server.On("/Web/_apis/wit/reporting/workitemrevisions", Batch("2", counted, Revision(6, 1)));
        await Of(server).ReadAsync("workItems");
        server.Received.Single(r => r.PathAndQuery.Contains("/workitemsbatch", StringComparison.Ordinal)).Body.ShouldContain("\"ids\":[5]");
    }

    [Fact]
    public async Task Revisions_behind_a_hole_in_their_numbers_are_found()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        int[] numbers = [1, 3, 4, 5, 6];
        server.On("/Web/_apis/wit/reporting/workitemrevisions", Batch("2", Revision(5, 3), Revision(5, 6)));
        server.On("/workItems/5/revisions", request =>
        {
            var skip = int.Parse(request.PathAndQuery.Split("$skip=")[1].Split('&')[0], System.Globalization.CultureInfo.InvariantCulture);
            return new(ScriptedOrganisation.List(numbers.Skip(skip).Select(n => Revision(5, n))));
        });
        (await Of(server).ReadAsync("workItems")).Records.Select(r => r.Id).ShouldBe(["5/3", "5/4", "5/5", "5/6"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_gap_is_filled_up_to_what_was_seen_and_no_further()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/Web/_apis/wit/reporting/workitemrevisions", Batch("2", Revision(5, 1), Revision(5, 4)));
        server.On("/workItems/5/revisions", ScriptedOrganisation.List(Enumerable.Range(2, 5).Select(n => Revision(5, n))));
        (await Of(server).ReadAsync("workItems")).Records.Select(r => r.Id).ShouldBe(["5/1", "5/2", "5/3", "5/4"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_link_that_was_removed_by_the_word_of_its_operation_is_gone()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/Web/_apis/wit/reporting/workitemlinks", Batch("2",
            Link.Replace("\"isActive\":true", "\"changedOperation\":\"remove\"", StringComparison.Ordinal),
            Link.Replace("\"isActive\":true", "\"changedOperation\":1", StringComparison.Ordinal),
            Link.Replace("\"isActive\":true", "\"changedOperation\":\"create\"", StringComparison.Ordinal)));
        (await Of(server).NewAsync<LinkFact>("links")).Select(l => l.IsActive).ShouldBe([false, false, true]);
    }

    private static Organisation Of(ScriptedOrganisation server) => new(server.Address, "secret", "Web");

    private static string Batch(string token, params string[] values) => $$"""{"values":[{{string.Join(',', values)}}],"isLastBatch":true,"continuationToken":"{{token}}"}""";

    private static string Revision(int id, int number) =>
        $$"""{"id":{{id}},"rev":{{number}},"fields":{"System.TeamProject":"Web","System.WorkItemType":"Bug","System.State":"New","System.ChangedDate":"2026-03-30T08:00:00Z"} }""";

    private static string Fields(params string[] names) =>
        ScriptedOrganisation.List(names.Select(n => $$"""{"referenceName":"{{n}}","name":"{{n}}","type":"double"}"""));
}
