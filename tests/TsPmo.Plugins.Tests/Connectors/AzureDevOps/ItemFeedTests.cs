using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;
using TsPmo.Plugins.Tests.Sandbox.AzureDevOps;
using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>How items are loaded, followed and kept whole, over real HTTP.</summary>
public sealed class ItemFeedTests
{
    private const string Stream = "workItems";

    [Fact]
    public async Task A_project_costs_what_it_holds_and_not_what_the_organisation_holds()
    {
        await using var server = await TwoProjectsAsync();
        server.Story(0);
        foreach (var minute in Enumerable.Range(0, 2200))
            Elsewhere(server, minute);
        var organisation = Of(server, "Web");
        (await organisation.NewAsync<WorkItemFact>(Stream)).ShouldHaveSingleItem();
        // Fields, token, the project's feed, its iterations, the organisation's feed.
        organisation.Requests.ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public async Task A_state_that_was_made_since_lets_the_catalogue_be_read_once_in_a_pass()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/workitemtypes", Types("New"));
        var organisation = new Organisation(server.Address, "secret", "Web");
        await organisation.NewAsync<StateDefinition>("catalogue");
        server.On("/Web/_apis/wit/reporting/workitemrevisions", Revisions("New"));
        (await organisation.NewAsync<StateDefinition>(Stream)).ShouldBeEmpty();

        server.On("/workitemtypes", Types("New", "Frozen"));
        server.On("/_apis/wit/reporting/workitemrevisions?continuationToken", Revisions("Frozen", "Frozen", "Thawed"));
        (await organisation.NewAsync<StateDefinition>(Stream)).Select(s => s.Status).ShouldBe(["New", "Frozen"]);
        server.Received.Count(r => r.PathAndQuery.Contains("/workitemtypes", StringComparison.Ordinal)).ShouldBe(2);
        (await organisation.NewAsync<StateDefinition>(Stream)).Select(s => s.Status).ShouldBe(["New", "Frozen"], "Thawed is nowhere to be found, and might be by now.");

        static string Types(params string[] states) =>
            $$"""{"value":[{"name":"Bug","states":[{{string.Join(',', states.Select(s => $$"""{"name":"{{s}}","category":"Proposed"}"""))}}]}]}""";

        static string Revisions(params string[] states)
        {
            var values = states.Select((s, i) => $$"""{"id":{{i + 1}},"fields":{"System.TeamProject":"Web","System.WorkItemType":"Bug","System.State":"{{s}}","System.ChangedDate":"2026-03-30T08:00:00Z"},"rev":1}""");
            return $$"""{"values":[{{string.Join(',', values)}}],"isLastBatch":true,"continuationToken":"{{states.Length}}"}""";
        }
    }

    [Fact]
    public async Task A_server_without_the_field_of_parents_tells_them_by_links()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/wit/fields/System.Parent", """{"message":"TF51535: Cannot find field System.Parent.","typeKey":"WorkItemTrackingFieldDefinitionNotFoundException"}""", 404);
        server.On("/Web/_apis/wit/reporting/workitemlinks", """{"values":[{"rel":"System.LinkTypes.Hierarchy-Forward","sourceId":7,"targetId":8,"changedDate":"2026-03-30T08:00:00Z","isActive":true}],"isLastBatch":true,"continuationToken":"2"}""");
        var organisation = new Organisation(server.Address, "secret", "Web");
        (await organisation.NewAsync<IfKnown>("links")).ShouldHaveSingleItem().ItemId.ShouldBe("8");
        server.Received.ShouldNotContain(r => r.PathAndQuery.Contains("workitemrevisions", StringComparison.Ordinal));
        await organisation.ReadAsync("links");
        server.Received.Count(r => r.PathAndQuery.Contains("System.Parent", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_feed_that_leaves_out_the_parents_which_the_server_knows_tells_them_by_links()
    {
        await using var server = await WithParentAsync("""{"id":8,"rev":2,"fields":{"System.Id":8}}""");
        (await Of(server).NewAsync<IfKnown>("links")).ShouldHaveSingleItem().ItemId.ShouldBe("8");
    }

    [Fact]
    public async Task A_feed_that_tells_parents_is_asked_once_whether_it_does_and_links_tell_none()
    {
        await using var server = await WithParentAsync("""{"id":9,"rev":1,"fields":{"System.Id":9}},{"id":8,"rev":2,"fields":{"System.Id":8,"System.Parent":7}}""");
        var organisation = Of(server);
        (await organisation.NewAsync<IfKnown>("links")).ShouldBeEmpty();
        server.On("/_apis/wit/reporting/workitemlinks?continuationToken", ParentLink("System.LinkTypes.Hierarchy-Reverse", 9, 7));
        (await organisation.NewAsync<IfKnown>("links")).ShouldBeEmpty();
        server.Received.Count(r => r.PathAndQuery.Contains("workitemrevisions", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Links_tell_parents_until_one_shows_whether_revisions_do()
    {
        await using var server = await WithParentAsync("""{"id":9,"rev":1,"fields":{"System.Id":9}}""");
        var organisation = Of(server);
        (await organisation.NewAsync<IfKnown>("links")).ShouldHaveSingleItem();
        server.On("/_apis/wit/reporting/workitemlinks?continuationToken", ParentLink("System.LinkTypes.Hierarchy-Reverse", 9, 7));
        server.On(LinkedAt, Batch("""{"id":9,"rev":1,"fields":{"System.Id":9,"System.Parent":7}}"""));
        (await organisation.NewAsync<IfKnown>("links")).ShouldBeEmpty();
    }

    private const string LinkedAt = "startDateTime=2026-03-30";

    private static async Task<ScriptedOrganisation> WithParentAsync(string revisions)
    {
        var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/Web/_apis/wit/reporting/workitemlinks", ParentLink("System.LinkTypes.Hierarchy-Forward", 7, 8));
        server.On(LinkedAt, Batch(revisions));
        return server;
    }

    private static string ParentLink(string rel, int source, int target) =>
        Batch($$"""{"rel":"{{rel}}","sourceId":{{source}},"targetId":{{target}},"changedDate":"2026-03-30T08:00:00Z","isActive":true}""");

    private static string Batch(string values) => $$"""{"values":[{{values}}],"isLastBatch":true,"continuationToken":"2"}""";

    private static Organisation Of(ScriptedOrganisation server) => new(server.Address, "secret", "Web");

    [Fact]
    public async Task An_unchanged_organisation_costs_three_requests_at_most()
    {
        await using var server = await TwoProjectsAsync();
        foreach (var minute in Enumerable.Range(0, 600))
            server.Story(minute);
        var organisation = Of(server, "Shop", "Web");
        await ReadAllAsync(organisation);
        organisation.Clock.Advance(TimeSpan.FromHours(2));
        var before = organisation.Requests;
        (await ReadAllAsync(organisation)).ShouldBeEmpty();
        (organisation.Requests - before).ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task The_cursor_stays_small_however_many_items_there_are()
    {
        await using var server = await TwoProjectsAsync();
        foreach (var minute in Enumerable.Range(0, 1500))
        {
            server.Story(minute);
            Elsewhere(server, minute);
        }

        var reading = await Of(server, "Web").ReadAsync(Stream);
        reading.Pages.Max(p => p.Cursor.Length).ShouldBeLessThan(4000);
    }

    [Fact]
    public async Task A_load_that_is_interrupted_goes_on_behind_its_last_page_and_loses_nothing()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var ids = Enumerable.Range(0, 1300).Select(minute => server.Story(minute)).ToList();
        foreach (var id in ids)
            server.Change(5000, id, ItemField.Status, "Active");
        var organisation = Of(server, "Web");
        await organisation.ReadAsync("catalogue");
        var whole = await organisation.ReadAsync(Stream);
        var loading = whole.Pages.Where(p => p.Records.Count > 0).ToList();
        loading.Count.ShouldBeGreaterThan(2);
        var half = loading.Take(loading.Count / 2).ToList();
        organisation.GoBack(Stream, half[^1].Cursor);
        var before = organisation.Requests;
        var rest = await organisation.ReadAsync(Stream);
        half.SelectMany(p => p.Records).Concat(rest.Records).Select(r => r.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(2600);
        rest.Records.Count().ShouldBe(2600 - half.Sum(p => p.Records.Count));
        // No item is asked about by itself.
        (organisation.Requests - before).ShouldBeLessThan(40);
    }

    [Fact]
    public async Task A_change_made_while_a_project_is_loaded_is_not_lost()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var organisation = Of(server, "Web");
        var id = server.Story(0);
        var events = new List<WorkItemEvent>();
        var request = new ReadRequest { Stream = Stream, Projects = ["Web"] };
        await foreach (var step in organisation.Instance.Connector.ReadAsync(request, TestContext.Current.CancellationToken))
        {
            var facts = ((SourcePage)step).Records.SelectMany(r => organisation.Instance.Normaliser.Normalise(r).Facts).OfType<WorkItemEvent>().ToList();
            if (events.Count == 0 && facts.Count > 0)
                server.Change(5, id, ItemField.Status, "Active");
            events.AddRange(facts);
        }

        events.Select(e => e.EventId).Distinct().ShouldBe([1, 2]);
    }

    [Fact]
    public async Task An_item_that_had_left_before_its_project_was_loaded_is_followed_to_where_it_is()
    {
        await using var server = await TwoProjectsAsync();
        var id = server.Story(0);
        server.Change(2, id, ItemField.Project, "Shop");
        server.Change(3, id, ItemField.Status, "Active");
        (await Of(server, "Web").NewAsync<WorkItemEvent>(Stream)).Select(Line).ShouldBe(["1 Web New", "2 Shop New", "3 Shop Active"]);
    }

    [Fact]
    public async Task An_item_that_was_elsewhere_for_a_while_has_no_hole_in_its_past()
    {
        await using var server = await TwoProjectsAsync();
        var id = server.Story(0);
        server.Change(2, id, ItemField.Project, "Shop");
        server.Change(3, id, ItemField.Status, "Active");
        server.Change(4, id, ItemField.Project, "Web");
        (await Of(server, "Web").NewAsync<WorkItemEvent>(Stream)).OrderBy(e => e.EventId).Select(Line)
            .ShouldBe(["1 Web New", "2 Shop New", "3 Shop Active", "4 Web Active"]);
    }

    [Fact]
    public async Task A_project_that_is_bound_later_is_loaded_without_reading_the_others_again()
    {
        await using var server = await TwoProjectsAsync();
        var organisation = Of(server, "Web");
        server.Story(0);
        var id = Elsewhere(server, 1);
        await ReadAllAsync(organisation);
        organisation.Bind("Shop", "Web");
        (await organisation.NewAsync<WorkItemFact>(Stream)).Select(i => i.Id).ShouldBe([id]);
        server.Change(9, id, ItemField.Status, "Active");
        (await organisation.NewAsync<WorkItemEvent>(Stream)).ShouldHaveSingleItem().ItemId.ShouldBe(id);
    }

    [Fact]
    public async Task History_begins_with_the_state_that_an_item_had_then()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (changed, unchanged, later) = (server.Story(0), server.Story(1), server.Story(2));
        server.Change(3, changed, ItemField.Points, 3.0);
        server.Change(4, changed, ItemField.Points, 5.0);
        server.Change(3 * 24 * 60, changed, ItemField.Status, "Active");
        var organisation = Since(server, new DateOnly(2026, 3, 4));
        var events = await organisation.NewAsync<WorkItemEvent>(Stream);
        events.ShouldAllBe(e => e.ItemId == changed);
        events.OrderBy(e => e.EventId).Select(Line).ShouldBe(["3 Web New", "4 Web Active"]);
        events.Min(e => e.At).ShouldBe(AzureDevOpsServer.At(4));
        server.Change(4 * 24 * 60, later, ItemField.Status, "Active");
        (await organisation.NewAsync<WorkItemEvent>(Stream)).OrderBy(e => e.EventId).Select(Line).ShouldBe(["1 Web New", "2 Web Active"]);
        unchanged.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_item_that_moved_in_since_brings_only_the_history_that_is_asked_for()
    {
        await using var server = await TwoProjectsAsync();
        var id = Elsewhere(server, 0);
        server.Change(2, id, ItemField.Status, "Active");
        server.Change(3, id, ItemField.Points, 3.0);
        server.Change(3 * 24 * 60, id, ItemField.Project, "Web");
        (await Since(server, new DateOnly(2026, 3, 4)).NewAsync<WorkItemEvent>(Stream)).OrderBy(e => e.EventId).Select(Line).ShouldBe(["3 Shop Active", "4 Web Active"]);
    }

    [Fact]
    public async Task Hyperlinks_are_asked_for_only_when_their_number_changed()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var organisation = Of(server, "Web");
        var id = server.Story(0);
        server.StandIn.AddLink(AzureDevOpsServer.At(1), server.Ann, new LinkSpec(id, "relates", null, "https://jira.example.com/browse/PAY-1"));
        (await organisation.NewAsync<LinkSet>(Stream)).Where(s => s.Group == "remote").ShouldHaveSingleItem();
        server.Change(2, id, ItemField.Status, "Active");
        (await organisation.NewAsync<LinkSet>(Stream)).ShouldBeEmpty();
        server.StandIn.AddLink(AzureDevOpsServer.At(3), server.Ann, new LinkSpec(id, "relates", null, "https://jira.example.com/browse/PAY-2"));
        (await organisation.NewAsync<LinkSet>(Stream)).Where(s => s.Group == "remote").ShouldHaveSingleItem().Links.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Many_items_with_hyperlinks_are_asked_for_in_full_batches()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        foreach (var minute in Enumerable.Range(0, 450))
            server.StandIn.AddLink(AzureDevOpsServer.At(minute), server.Ann, new LinkSpec(server.Story(minute), "relates", null, "https://jira.example.com/browse/PAY-1"));
        var organisation = Of(server, "Web");
        (await organisation.NewAsync<LinkSet>(Stream)).Select(l => l.ItemId).Distinct(StringComparer.Ordinal).Count().ShouldBe(450);
        organisation.Requests.ShouldBeLessThan(18);
    }

    [Fact]
    public async Task A_link_of_a_project_that_is_bound_later_is_found()
    {
        await using var server = await TwoProjectsAsync();
        var organisation = Of(server, "Web");
        server.StandIn.AddLink(AzureDevOpsServer.At(2), server.Ann, new LinkSpec(Elsewhere(server, 0), "blocks", Elsewhere(server, 1)));
        (await organisation.NewAsync<LinkFact>("links")).ShouldBeEmpty();
        organisation.Bind("Shop", "Web");
        (await organisation.NewAsync<LinkFact>("links")).ShouldHaveSingleItem();
        (await organisation.ReadAsync("links")).Pages.ShouldBeEmpty();
    }

    private static string Line(WorkItemEvent change) => $"{change.EventId} {change.Values[RawFields.Project].To.Text} {change.Values[RawFields.Status].To.Text}";

    private static async Task<IReadOnlyList<SourceRecord>> ReadAllAsync(Organisation organisation) =>
        [.. (await organisation.ReadAsync(Stream)).Records, .. (await organisation.ReadAsync("links")).Records];

    private static Organisation Of(AzureDevOpsServer server, params string[] projects) => new(server.Address, AzureDevOpsServer.Token, projects);

    private static Organisation Since(AzureDevOpsServer server, DateOnly day) => new(server.Address, AzureDevOpsServer.Token, day, "Web");

    private static string Elsewhere(AzureDevOpsServer server, int minute) =>
        server.StandIn.CreateItem(AzureDevOpsServer.At(minute), server.Ann, new ItemSpec("Shop", "User Story", "Elsewhere", "New")).Id;

    private static async Task<AzureDevOpsServer> TwoProjectsAsync()
    {
        var server = await AzureDevOpsServer.WithProjectAsync();
        server.StandIn.AddProject(new ProjectSpec("Shop", "Another shop", "Scrum", [], "Agile", ["Blue"]));
        return server;
    }
}
