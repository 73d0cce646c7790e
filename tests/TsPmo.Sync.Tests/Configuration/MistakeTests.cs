namespace TsPmo.Sync.Tests.Configuration;

/// <summary>Every mistake is told at once, by its key, with what would be right.</summary>
public sealed class MistakeTests
{
    [Fact]
    public void Five_mistakes_at_once_give_five_messages_each_with_its_key_and_its_remedy() =>
        ConfigurationFolder.Mistakes("""
            { "TsPmo": {
              "Schedule": { "Sync": "every ten minutes", "TimeZone": "Europe/Zurich" },
              "Connectors": { "acmeJira": { "Type": "Jira", "BaseUrl": "https://acme.example", "Auth": { "Kind": "Basic", "User": "bot@acme.example" } } },
              "Projects": { "PAYMENTS": {
                "Metodology": "Scrum",
                "Sources": { "jira": { "Connector": "acmeJria", "Project": "PAY" } },
                "Plan": { "Start": "2026-02-30" } } } } }
            """).ShouldBe([
            "TsPmo:Connectors:acmeJira:Auth:Secret: is missing; set the environment variable TsPmo__Connectors__acmeJira__Auth__Secret or put it into a file of that name in TsPmo:SecretsDirectory.",
            "TsPmo:Projects:PAYMENTS:Metodology: \"Scrum\" stands under a key that is not known; did you mean Methodology?",
            "TsPmo:Projects:PAYMENTS:Plan:Start: \"2026-02-30\" is not a date; write an existing day as yyyy-MM-dd, such as 2026-01-31.",
            "TsPmo:Projects:PAYMENTS:Sources:jira:Connector: \"acmeJria\" is not a configured connector; did you mean acmeJira?",
            "TsPmo:Schedule:Sync: \"every ten minutes\" is not a Quartz cron expression; write seconds, minutes, hours, day of month, month, day of week, such as 0 0/10 * * * ?",
        ]);

    [Theory]
    [InlineData("""{ "Schedule": { "TimeZone": "W. Europe Standard Time" } }""", "TsPmo:Schedule:TimeZone")]
    [InlineData("""{ "Schedule": { "Sync": [ "0 0 * * * ?" ] } }""", "TsPmo:Schedule:Sync")]
    [InlineData("""{ "Schedule": "nightly" }""", "TsPmo:Schedule")]
    [InlineData("""{ "Calendar": { "WorkingDays": [] } }""", "TsPmo:Calendar:WorkingDays")]
    [InlineData("""{ "Calendar": { "WorkingDays": [ "Montag" ] } }""", "TsPmo:Calendar:WorkingDays:0")]
    [InlineData("""{ "Calendar": { "Holidays": "2026-12-25" } }""", "TsPmo:Calendar:Holidays")]
    [InlineData("""{ "Store": { "Provider": "PostgreSql" } }""", "TsPmo:Store:Provider")]
    [InlineData("""{ "Store": { "ConnectionString": "tspmo.db" } }""", "TsPmo:Store:ConnectionString")]
    [InlineData("""{ "Publishing": { "QuietHours": "6pm-7am" } }""", "TsPmo:Publishing:QuietHours")]
    [InlineData("""{ "Publishing": { "MaxStaleness": "1" } }""", "TsPmo:Publishing:MaxStaleness")]
    [InlineData("""{ "Publishing": { "Culture": "English" } }""", "TsPmo:Publishing:Culture")]
    [InlineData("""{ "Publishing": { "WritesPerItemPerDay": 0 } }""", "TsPmo:Publishing:WritesPerItemPerDay")]
    [InlineData("""{ "Publishing": { "AllowNotifications": "yes" } }""", "TsPmo:Publishing:AllowNotifications")]
    [InlineData("""{ "Privacy": { "Persons": "Everybody" } }""", "TsPmo:Privacy:Persons")]
    [InlineData("""{ "Console": { "Urls": "http://0.0.0.0:5080" } }""", "TsPmo:Console:Urls")]
    [InlineData("""{ "Console": { "Urls": "http://*:5080" } }""", "TsPmo:Console:Urls")]
    [InlineData("""{ "Thresholds": { "schedule.spt": { "Amber": 1, "Red": 0.9 } } }""", "TsPmo:Thresholds:schedule.spt")]
    [InlineData("""{ "Privacy": { "Persons": "Pseudonyms", "ShowTitles": false } }""", "TsPmo:Privacy:Persons", "TsPmo:Privacy:ShowTitles")]
    [InlineData("""{ "Console": { "Auth": { "Kind": "OpenIdConnect" } } }""", "TsPmo:Console:Auth:Kind")]
    [InlineData("""{ "Portfolios": { "T": { "Projects": [ "NONE" ] } } }""", "TsPmo:Portfolios:T:Projects:0")]
    [InlineData("""{ "People": { "ada": { "Accounts": [ "nowhere:1" ], "Absences": [ "2026-02-02/2026-02-01" ] } } }""", "TsPmo:People:ada:Absences:0", "TsPmo:People:ada:Accounts:0")]
    [InlineData("""{ "Rates": { "2026": { "Default": -1 } } }""", "TsPmo:Rates:2026:Default", "TsPmo:Rates:2026:From")]
    [InlineData("""{ "Rates": { "a": { "From": "2026-01-01" }, "b": { "From": "2026-01-01" } } }""", "TsPmo:Rates:b:From")]
    [InlineData("""{ "Projects": [ { "Name": "A" } ] }""", "TsPmo:Projects")]
    [InlineData("""{ "Projects": { "A": { "Deployments": { "Production": [ "(prod" ] } } } }""", "TsPmo:Projects:A:Deployments:Production:0")]
    [InlineData("""{ "Projects": { "A": { "Plan": { "Start": "2026-02-01", "Finish": "2026-01-01", "BaselineAt": "2026-01-01" } } } }""", "TsPmo:Projects:A:Plan:BaselineAt", "TsPmo:Projects:A:Plan:Start")]
    [InlineData("""{ "SecretsDirectory": "does/not/exist" }""", "TsPmo:SecretsDirectory")]
    public void A_mistake_is_told_by_its_key(string section, params string[] keys) =>
        ConfigurationFolder.Mistakes($$"""{ "TsPmo": {{section}} }""").Select(m => m[..m.IndexOf(": ", StringComparison.Ordinal)]).ShouldBe(keys);

    [Fact]
    public void Nothing_that_could_be_a_secret_is_printed()
    {
        var mistakes = ConfigurationFolder.Mistakes("""
            { "TsPmo": {
              "Store": { "ConnectionString": "Passwort=hunter2" },
              "Connectors": { "a": {
                "Type": "Jira", "BaseUrl": "https://bot:hunter2@acme.example", "Token": "hunter2",
                "Auth": { "Kind": "Basic", "Secrett": "hunter2", "Secret": [ "hunter2" ] } } },
              "Console": { "Auth": { "ClientSecrets": "hunter2" } } } }
            """);
        mistakes.Count.ShouldBe(6);
        string.Join('\n', mistakes).ShouldNotContain("hunter2");
    }

    [Fact]
    public void Plain_http_is_for_loopback_only_unless_it_is_allowed()
    {
        static string Connector(string url, string more) =>
            $$"""{ "TsPmo": { "Connectors": { "a": { "Type": "Jira", "BaseUrl": "{{url}}", "Auth": { "Kind": "Bearer", "Secret": "s" }{{more}} } } } }""";
        ConfigurationFolder.Mistakes(Connector("http://jira.acme.example", "")).ShouldHaveSingleItem().ShouldStartWith("TsPmo:Connectors:a:BaseUrl: \"http://jira.acme.example\" would send the secret unencrypted;");
        ConfigurationFolder.Mistakes(Connector("http://127.0.0.1:8080", "")).ShouldBeEmpty();
        ConfigurationFolder.Mistakes(Connector("http://jira.acme.example", """, "AllowInsecureHttp": true""")).ShouldBeEmpty();
    }

    [Fact]
    public void An_unknown_connector_type_does_not_hide_the_other_mistakes() =>
        ConfigurationFolder.Mistakes("""{ "TsPmo": { "Connectors": { "a": { "Type": "Jirra", "BaseUrl": "acme", "Colour": 1, "Auth": { "Kind": "Bearer", "Secret": "s" } } } } }""").ShouldBe([
            "TsPmo:Connectors:a:BaseUrl: \"acme\" is not an address; write it in full, such as https://example.com.",
            "TsPmo:Connectors:a:Type: \"Jirra\" is not a connector type; did you mean Jira?",
        ]);

    [Fact]
    public void What_this_build_cannot_do_is_said_instead_of_left_out_silently() =>
        ConfigurationFolder.Mistakes("""
            { "TsPmo": {
              "Connectors": { "a": { "Type": "Jira", "BaseUrl": "https://a.example", "Auth": { "Kind": "Bearer", "Secret": "s" } } },
              "Projects": { "P": { "Sources": { "s": { "Connector": "a", "Project": "P", "Query": "labels = x order by rank", "Board": "7" } } } } } }
            """).ShouldBe([
            "TsPmo:Projects:P:Sources:s:Board: \"7\" cannot be followed: this build does not narrow a source by a board; remove it, or narrow by AreaPath, Components or Types.",
            "TsPmo:Projects:P:Sources:s:Query: \"labels = x order by rank\" carries an order; leave the condition alone: what decides whether an item belongs has no order.",
        ]);

    [Fact]
    public void A_broken_file_is_told_by_line_and_position_and_a_key_given_twice_by_its_path()
    {
        using var folder = new ConfigurationFolder();
        var broken = folder.Write("broken.json", "{ \"TsPmo\": {\n  \"Store\": } }");
        var twice = folder.Write("twice.json", """{ "TsPmo": { "Projects": { "A": {}, "a": {} } }, "Other": 1 }""");
        folder.Load(broken, twice, "missing.json").Problems.Select(p => p.ToString()).ShouldBe([
            $"{broken}: is not valid JSON at line 2, position 12; correct it there or just before.",
            $"{Path.Combine(folder.Path, "missing.json")}: cannot be read; check that it exists and that this user may read it.",
            "Other: is not a known section; write all keys below TsPmo.",
            "TsPmo:Projects:a: is given twice; keep one of them.",
        ], ignoreOrder: true);
    }
}
