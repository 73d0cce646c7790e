using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors;
using TsPmo.Plugins.Tests.Connectors.AzureDevOps;
using TsPmo.Plugins.Tests.Connectors.Jira;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors;

/// <summary>Texts that were cut in the middle of a sign, as trackers and their add-ons store them, cost the sign and nothing else.</summary>
public sealed class DamagedTextTests
{
    private static readonly Gen<string> Units = Gen.ListOf(Gen.Elements('a', 'é', '"', '\\', '/', '\b', '\f', '\n', '\r', '\t', '\u0001', '\uD83D', '\uDE00', '\uDC00')).Select(c => new string([.. c]));

    [Fact]
    public async Task Jira_is_read_and_signed_in_to_whatever_its_names_and_titles_were_cut_to()
    {
        var clock = new FakeClock();
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("myself", _ => """{"accountId":"bot","displayName":"Bot \ud83d","timeZone":"Europe/Zurich \ude00"}""");
        jira.On("field", _ => """[{"id":"customfield_4","name":"Size \ud83d","custom":true,"schema":{"type":"number","custom":"com.atlassian.jira.plugin.system.customfieldtypes:float"}}]""");
        jira.On("status", _ => """[{"id":"3","name":"Doing \ud83d\ud83d","statusCategory":{"key":"indeterminate"}}]""");
        var issue = ScriptedJira.Issue(1).Replace("\"fields\":{", """
            "fields":{"summary":"Ship \"it\" \ud83d","labels":["cut\ud83d"],"assignee":{"accountId":"a1","displayName":"\ude00 Ada"},
            """, StringComparison.Ordinal);
        jira.On("search/jql", _ => $$"""{"issues":[{{issue}},{{ScriptedJira.Issue(2)}}],"isLast":true}""");
        var instance = JiraAtWork.Connect(jira.Address, clock, ["A"]);
        var catalogue = await instance.ReadAsync(clock, "catalogue");
        catalogue.Failure.ShouldBeNull();
        catalogue.Records.SelectMany(r => instance.Normaliser.Normalise(r).Facts).OfType<StateDefinition>().ShouldHaveSingleItem().Status.ShouldBe("Doing \uFFFD\uFFFD");
        var issues = await instance.ReadAsync(clock, "issues");
        issues.Failure.ShouldBeNull();
        var facts = issues.Records.SelectMany(r => instance.Normaliser.Normalise(r).Facts).ToList();
        facts.OfType<WorkItemFact>().Select(i => i.Title).ShouldBe(["Ship \"it\" \uFFFD", ""]);
        facts.OfType<PersonFact>().ShouldHaveSingleItem().DisplayName.ShouldBe("\uFFFD Ada");
    }

    [Fact]
    public async Task Azure_DevOps_is_read_whatever_its_titles_were_cut_to()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/Web/_apis/wit/reporting/workitemrevisions", """
            {"values":[{"id":1,"rev":1,"fields":{"System.Id":1,"System.Rev":1,"System.TeamProject":"Web","System.WorkItemType":"Bug","System.State":"New","System.Title":"Ship \ud83d",
             "System.CreatedDate":"2026-03-01T10:00:00Z","System.ChangedDate":"2026-03-01T10:00:00Z","System.AuthorizedDate":"2026-03-01T10:00:00Z","System.RevisedDate":"9999-01-01T00:00:00Z",
             "System.AssignedTo":"Ada \ude00 <ada@example.com>"}}],"isLastBatch":true,"continuationToken":"1"}
            """);
        (await new Organisation(server.Address, "secret", "Web").NewAsync<WorkItemFact>("workItems")).ShouldHaveSingleItem().Title.ShouldBe("Ship \uFFFD");
    }

    [Fact]
    public void A_text_of_any_units_is_read_with_a_sign_for_each_that_stands_alone() => Prop.ForAll(Units.ToArbitrary(), text =>
    {
        var json = string.Concat(text.Select(c => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture)));
        return JsonSerializer.Deserialize<JsonElement>($"\"{json}\"").WholeText() == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a\\nb\\t\\\"\\\\ud83d\\/\\b\\f\\r\\ud83d é", "a\nb\t\"\\ud83d/\b\f\r\uFFFD é")]
    public void What_else_stands_in_a_damaged_text_is_read_as_it_was_written(string json, string text) =>
        JsonSerializer.Deserialize<JsonElement>($"\"{json}\"").WholeText().ShouldBe(text);

    [Fact]
    public void Bytes_that_are_no_text_cost_themselves()
    {
        var reader = new Utf8JsonReader([(byte)'"', (byte)'a', 0xC3, (byte)'b', (byte)'"']);
        JsonElement.ParseValue(ref reader).WholeText().ShouldBe("a\uFFFDb");
    }
}
