using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Work;
using TsPmo.Sync.Cli.Discover;
using TsPmo.Sync.Tests.Configuration;

namespace TsPmo.Sync.Tests.Cli;

public sealed class DraftTests
{
    private const string Hostile = "\"a\\ \n{ // */ \u2028 ä";

    [Fact]
    public void No_name_from_outside_breaks_a_draft()
    {
        var found = new Discovery
        {
            Projects = [new("K:1", Hostile, [Hostile], [Hostile], true), new("k 1", "Other", [], [], false)],
            Statuses = [new(Hostile, State.Done), new("Odd", State.ToDo), new("Blocked: legal", State.InProgress)],
            PointsFields = [new("customfield_1", Hostile, "why"), new("customfield_2", "Points", "why")],
            Problems = [new("status-ambiguous", "m", "r") { Scope = "Odd" }],
        };
        using var folder = new ConfigurationFolder();
        folder.Write("appsettings.json", """{ "TsPmo": { "Connectors": { "one": { "Type": "Jira", "BaseUrl": "https://acme.example", "Auth": { "Kind": "Bearer", "Secret": "s" } } } } }""");
        folder.Write("draft.jsonc", ConfigurationDraft.Of([new(Connector("one"), found)]));
        var loaded = folder.Load("appsettings.json", "draft.jsonc");
        loaded.Problems.ShouldBeEmpty();
        var pmo = loaded.Configuration.ShouldNotBeNull().Pmo;
        pmo.Projects.Keys.ShouldBe(["K-1", "k-1-one"], ignoreOrder: true);
        pmo.Projects["K-1"].Name.ShouldBe(Hostile);
        pmo.Mappings["one"].States["Blocked: legal"].ShouldBe(State.InProgress);
        pmo.Mappings["one"].States.ContainsKey("Odd").ShouldBeFalse();
    }

    [Fact]
    public void What_nearly_counts_as_production_is_said_with_the_reason()
    {
        var draft = ConfigurationDraft.Of([new(Connector("one"), new Discovery { Projects = [new("K", "K", [], ["eu-production", "Prod", "test"], false)] })]);
        draft.ShouldContain("// Without it these count: Prod\n");
        draft.ShouldContain("// The environment \"eu-production\" does not count: its name matches no pattern in Deployments.Production");
        draft.ShouldNotContain("\"test\"");
    }

    [Fact]
    public void A_connector_that_showed_nothing_is_not_in_it() =>
        ConfigurationDraft.Of([new(Connector("one"), new Discovery { Problems = [new Problem("x", "m", "r")] })]).ShouldNotContain("one");

    private static ConnectorInstance Connector(string name) =>
        TsPmo.Plugins.PluginCatalog.Scan().Create(new(name, new TsPmo.Plugins.Connectors.Jira.JiraOptions { Type = "Jira", BaseUrl = new("https://acme.example") }, TimeProvider.System), []);
}
