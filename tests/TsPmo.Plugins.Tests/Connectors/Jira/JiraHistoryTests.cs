using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

public sealed class JiraHistoryTests
{
    private static readonly JiraNormaliser _normaliser = new();

    private static readonly (string Field, string Id)[] Told = [("status", "status"), ("Sprint", "customfield_1"), ("Story Points", "customfield_4"), ("labels", "labels"), ("Fix Version", "fixVersions")];

    /// <summary>The pieces in which a history of thirty entries with three items each may come: every item alone or with its neighbours, as text or in milliseconds.</summary>
    [Fact]
    public void A_history_is_the_same_whatever_the_split_into_pages_the_order_and_the_repetition()
    {
        var pieces = Enumerable.Range(1, 30).SelectMany(e => new[] { Piece(e, 0), Piece(e, 1), Piece(e, 2), Piece(e, 0, 1), Piece(e, 0, 1, 2) }).ToArray();
        var whole = History(Enumerable.Range(1, 30).Select(e => Piece(e, 0, 1, 2)));
        var some = Gen.Zip(Gen.Shuffle(pieces), Gen.SubListOf<string>(pieces));
        Prop.ForAll(some.ToArbitrary(), c => History(c.Item2.Concat(c.Item1)) == whole).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_entry_without_a_number_is_told_and_does_no_harm_to_the_rest()
    {
        var merge = new ChangelogMerge();
        merge.Add("501", HistoryEntry.Of(JiraAtWork.Json(Piece(1, 0))));
        merge.Add("501", HistoryEntry.Of(JiraAtWork.Json("""{"id":"x","created":0,"items":[]}""")));
        var normalised = Normalise(merge);
        normalised.Problem.ShouldNotBeNull().Code.ShouldBe("record-not-understood");
        normalised.Facts.OfType<WorkItemEvent>().Count().ShouldBe(1);
    }

    [Fact]
    public void Of_two_fields_of_one_name_the_one_that_stands_where_the_change_led_has_changed()
    {
        const string Context = """{"points":["customfield_4","customfield_5"],"names":{"Size":["customfield_4","customfield_5"]}}""";
        const string Fields = """{"created":"2026-01-01T00:00:00.000+0000","updated":"2026-01-09T00:00:00.000+0000","customfield_4":8,"customfield_5":2}""";
        var facts = Read(Context, Fields, Entry(1, "Size", null, "3"), Entry(2, "Size", "3", "8"), Entry(3, "Size", null, "2"));
        facts.OfType<WorkItemEvent>().Select(e => string.Join('+', e.Values.Select(v => $"{v.Key}:{v.Value.From.Text}>{v.Value.To.Text}"))).ShouldBe(
            ["field:customfield_4:>3", "field:customfield_4:3>8", "field:customfield_5:>2"]);
    }

    [Fact]
    public void A_number_that_cannot_be_read_is_told_and_not_taken_for_an_emptied_field()
    {
        const string Context = """{"points":["customfield_4"],"names":{"Size":["customfield_4"]}}""";
        const string Fields = """{"created":"2026-01-01T00:00:00.000+0000","updated":"2026-01-09T00:00:00.000+0000","customfield_4":8}""";
        var body = JiraAtWork.Json($$"""{"issue":{"id":"1","key":"A-1","fields":{{Fields}}},"histories":[{{Entry(1, "Size", "ari:cloud:jira::value/7", "8")}}]}""");
        var normalised = _normaliser.Normalise(new(RecordKinds.Issue, "1", body, JiraAtWork.Json(Context)));
        normalised.Problem.ShouldNotBeNull();
        normalised.Facts.OfType<WorkItemEvent>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"E-7\"", "77")]
    [InlineData("""{"data":{"id":77,"key":"E-7"}}""", "77")]
    [InlineData("""{"data":{"key":"E-7"}}""", "77")]
    [InlineData("null", null)]
    public void The_parent_link_of_Plans_names_a_parent_by_key_or_in_an_object(string link, string? parent)
    {
        const string Context = """{"epicLink":["customfield_2"],"epics":{"E-7":"77"}}""";
        var fields = $$"""{"created":"2026-01-01T00:00:00.000+0000","updated":"2026-01-09T00:00:00.000+0000","customfield_2":{{link}}}""";
        Read(Context, fields).OfType<WorkItemFact>().Single().Values.GetValueOrDefault("parent").Text.ShouldBe(parent);
    }

    [Theory]
    [InlineData("""{"from":"[10019]","fromString":"Impediment","to":"[]","toString":""}""", "true>")]
    [InlineData("""{"from":null,"fromString":null,"to":"[10019]","toString":null}""", ">true")]
    [InlineData("""{"from":null,"fromString":"","to":null,"toString":"Impediment"}""", ">true")]
    public void A_flag_is_read_from_its_options_or_their_names(string sides, string said)
    {
        const string Context = """{"flagged":["customfield_3"]}""";
        const string Fields = """{"created":"2026-01-01T00:00:00.000+0000","updated":"2026-01-09T00:00:00.000+0000"}""";
        var item = sides.Replace("{", """{"field":"Flagged","fieldId":"customfield_3","fieldtype":"custom",""", StringComparison.Ordinal);
        var change = Read(Context, Fields, $$"""{"id":"1","created":0,"items":[{{item}}]}""").OfType<WorkItemEvent>().Single().Values["blocked"];
        $"{change.From.Text}>{change.To.Text}".ShouldBe(said);
    }

    [Fact]
    public async Task A_history_that_tells_neither_ids_nor_kinds_of_fields_is_read_by_their_names()
    {
        const string Items = """
            {"field":"Story Points","from":null,"fromString":"3","to":null,"toString":"5"},{"field":"status","from":"1","fromString":"Open","to":"3","toString":"Doing"},
            {"field":"Component","from":null,"fromString":null,"to":"7","toString":"Cart"},{"field":"Sprint","from":"","fromString":"","to":"44","toString":"One"}
            """;
        const string Fields = """
            [{"id":"customfield_4","name":"Story Points","custom":true,"schema":{"type":"number","custom":"com.atlassian.jira.plugin.system.customfieldtypes:float"}},
             {"id":"customfield_1","name":"Sprint","custom":true,"schema":{"type":"array","custom":"com.pyxis.greenhopper.jira:gh-sprint"}},
             {"id":"customfield_5","name":"Status","custom":true,"schema":{"type":"number","custom":"com.atlassian.jira.plugin.system.customfieldtypes:float"}},
             {"id":"customfield_6","name":"Component","custom":true,"schema":{"type":"number","custom":"com.atlassian.jira.plugin.system.customfieldtypes:float"}}]
            """;
        var normalised = await ReadAsync(Fields, Items, """ "customfield_4":5,"components":[{"id":"7","name":"Cart"}] """);
        normalised.Problem.ShouldBeNull();
        normalised.Facts.OfType<WorkItemEvent>().Single().Values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}:{v.Value.From.Text}>{v.Value.To.Text}").ShouldBe(
            ["components:>Cart", "field:customfield_4:3>5", "sprints:>44", "status:Open>Doing"]);
    }

    [Theory]
    [InlineData(200, "PAY>A")]
    [InlineData(403, "Payments>A")]
    [InlineData(404, "Payments>A")]
    public async Task A_move_that_tells_no_keys_is_known_by_its_projects(int status, string said)
    {
        const string Items = """{"field":"project","fieldtype":"jira","from":"10","fromString":"Payments","to":"11","toString":"Web"}""";
        var normalised = await ReadAsync("[]", Items, """ "labels":[] """, jira =>
        {
            jira.On("project/10", _ => (status, """{"id":"10","key":"PAY"}"""));
            jira.On("project/11", _ => """{"id":"11","key":"A"}""");
        });
        Project(normalised).ShouldBe(said);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("issuekey")]
    public async Task A_move_that_tells_its_keys_goes_by_them_and_leaves_a_former_one(string id)
    {
        var items = $$"""
            {"field":"project","fieldtype":"jira","from":"10","fromString":"Payments","to":"11","toString":"Web"},{"field":"Key","fieldId":"{{id}}","fieldtype":"jira","fromString":"PAY-3","toString":"A-1"}
            """;
        var normalised = await ReadAsync("[]", items, """ "labels":[] """, jira => jira.On("project/1", _ => (500, "{}")));
        Project(normalised).ShouldBe("PAY>A");
        normalised.Facts.OfType<WorkItemFact>().Single().Values["formerKeys"].Text.ShouldBe("PAY-3");
    }

    [Fact]
    public async Task A_move_that_is_told_in_another_language_is_known_by_its_field()
    {
        const string Items = """{"field":"Projekt","fieldId":"project","fieldtype":"jira","from":"10","fromString":"Zahlungen","to":"11","toString":"Netz"}""";
        var normalised = await ReadAsync("[]", Items, """ "labels":[] """, jira =>
        {
            jira.On("project/10", _ => """{"id":"10","key":"PAY"}""");
            jira.On("project/11", _ => """{"id":"11","key":"A"}""");
        });
        Project(normalised).ShouldBe("PAY>A");
    }

    [Fact]
    public async Task A_move_whose_keys_are_told_in_another_language_needs_no_look_at_its_projects()
    {
        const string Items = """
            {"field":"Projekt","fieldId":"project","fieldtype":"jira","from":"10","fromString":"Zahlungen","to":"11","toString":"Netz"},
            {"field":"Schlüssel","fieldId":"issuekey","fieldtype":"jira","fromString":"PAY-3","toString":"A-1"}
            """;
        Project(await ReadAsync("[]", Items, """ "labels":[] """, jira => jira.On("project/1", _ => (500, "{}")))).ShouldBe("PAY>A");
    }

    private static string Project(Normalised normalised)
    {
        var change = normalised.Facts.OfType<WorkItemEvent>().ShouldHaveSingleItem().Values["project"];
        return $"{change.From.Text}>{change.To.Text}";
    }

    private static string Entry(int id, string field, string? from, string? to) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["id"] = $"{id}", ["created"] = id * 1000L,
        ["items"] = new[] { new Dictionary<string, string?> { ["field"] = field, ["fieldtype"] = "custom", ["from"] = null, ["fromString"] = from, ["to"] = null, ["toString"] = to } },
    });

    /// <summary>An entry with some of its three items. Which fields they are about differs from entry to entry.</summary>
    private static string Piece(int entry, params int[] items) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["id"] = entry.ToString(CultureInfo.InvariantCulture),
        ["author"] = new { accountId = "a1" },
        ["created"] = 1_772_000_000_000L + (entry / 3 * 60_000L),
        ["items"] = items.Select(i => Item(Told[(entry + i) % Told.Length], entry)).ToList(),
    });

    private static Dictionary<string, string?> Item((string Field, string Id) field, int entry) => new()
    {
        ["field"] = field.Field, ["fieldId"] = field.Id, ["fieldtype"] = field.Id.StartsWith("custom", StringComparison.Ordinal) ? "custom" : "jira",
        ["from"] = $"{entry}", ["fromString"] = $"{entry}", ["to"] = $"{entry + 1}", ["toString"] = $"{entry + 1}",
    };

    private static string History(IEnumerable<string> pieces)
    {
        var merge = new ChangelogMerge();
        foreach (var piece in pieces)
            merge.Add("501", HistoryEntry.Of(JiraAtWork.Json(piece)));
        return string.Join('\n', Normalise(merge).Facts.OfType<WorkItemEvent>().Select(e =>
            $"{e.EventId} {e.At:O} {string.Join(' ', e.Values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value.From}>{v.Value.To}"))}"));
    }

    private static Normalised Normalise(ChangelogMerge merge)
    {
        var recording = Recording.Issue("cloud-issue");
        var histories = string.Join(',', merge.Of("501").Select(System.Text.Encoding.UTF8.GetString));
        return _normaliser.Normalise(recording with { Body = JiraAtWork.Json($$"""{"issue":{{recording.Body.GetProperty("issue").GetRawText()}},"histories":[{{histories}}]}""") });
    }

    /// <summary>The issue A-1 of a Data Center with one entry in its history.</summary>
    private static async Task<Normalised> ReadAsync(string siteFields, string items, string values, Action<ScriptedJira>? set = null)
    {
        var clock = new TsPmo.Testing.Time.FakeClock();
        await using var jira = await ScriptedJira.StartAsync(isCloud: false);
        var issue = ScriptedJira.Issue(1).Replace("\"fields\":{", $"\"fields\":{{{values},", StringComparison.Ordinal)
            .Replace("\"histories\":[", $$"""
                "histories":[{"id":"1","created":"2026-02-20T10:00:00.000+0100","items":[{{items}}]}
                """, StringComparison.Ordinal);
        jira.On("field", _ => siteFields);
        set?.Invoke(jira);
        jira.On("search", _ => $$"""{"startAt":0,"maxResults":50,"total":1,"issues":[{{issue}}]}""");
        var instance = JiraAtWork.Connect(jira.Address, clock, ["A"]);
        var reading = await instance.ReadAsync(clock, "issues");
        reading.Failure.ShouldBeNull();
        return instance.Normaliser.Normalise(reading.Records.Single(r => r.Kind == "issue"));
    }

    private static IReadOnlyList<Fact> Read(string context, string fields, params string[] histories)
    {
        var body = JiraAtWork.Json($$"""{"issue":{"id":"1","key":"A-1","fields":{{fields}}},"histories":[{{string.Join(',', histories)}}]}""");
        return _normaliser.Normalise(new(RecordKinds.Issue, "1", body, JiraAtWork.Json(context))).Facts;
    }
}
