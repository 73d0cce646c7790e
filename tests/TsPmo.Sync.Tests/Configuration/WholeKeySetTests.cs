namespace TsPmo.Sync.Tests.Configuration;

/// <summary>Every key that an administrator may use is taken, also those whose features are yet to come.</summary>
public sealed class WholeKeySetTests
{
    private const string Whole = """
        { "TsPmo": {
          "Store": { "Provider": "sqlite", "ConnectionString": "Data Source=/var/lib/tspmo/tspmo.db" },
          "Schedule": { "TimeZone": "Europe/Zurich", "Sync": "0 0/10 * * * ?", "Reconcile": "0 30 2 * * ?", "Measure": "0 5 * * * ?", "Publish": "" },
          "Calendar": { "WorkingDays": [ "Monday", "Tuesday" ], "Holidays": [ "2026-12-25" ] },
          "Connectors": {
            "acmeJira": { "Type": "Jira", "BaseUrl": "https://acme.example", "Auth": { "Kind": "basic", "User": "bot@acme.example", "Secret": "s" }, "Deployment": "Cloud",
                          "Projects": [ "PAY", "WEB" ], "HistorySince": "2024-01-01",
                          "Mapping": { "States": { "Blocked: legal": "inprogress" }, "Types": { "Spike": "Task" }, "Points": "Story Points", "Removed": [ "Nope" ], "Blocked": [ "On hold" ],
                                       "Waiting": [ "In review" ], "Start": "Start date", "Finish": "Due date" },
                          "MaxConcurrency": 2, "RequestsPerSecond": 2.5, "Timeout": "00:00:30", "AllowInsecureHttp": false, "Proxy": "http://proxy.acme.example:3128", "Schedule": "0 0 * * * ?" },
            "acmeAdo": { "Type": "AzureDevOps", "BaseUrl": "https://dev.example/acme", "Auth": { "Kind": "Basic", "Secret": "s" }, "Projects": [ "Payments" ] } },
          "Projects": { "PAYMENTS": {
            "Name": "Payments", "Methodology": "Hybrid", "Sponsor": "Ada", "Manager": "Bob", "Charter": "config/charters/payments.md",
            "Sources": { "jira": { "Connector": "ACMEJIRA", "Project": "PAY", "Components": [ "Core" ], "Types": [ "Story" ] },
                         "ado": { "Connector": "acmeAdo", "Project": "Payments", "AreaPath": "Payments\\Core" } },
            "Plan": { "Start": "2026-01-05", "Finish": "2026-09-30", "BaselineAt": "2026-01-12T01:00:00+01:00", "Budget": 420000, "Currency": "EUR", "CostOfDelayPerWeek": 12000.5, "UsefulUntil": "2028-12-31",
                      "Milestones": { "Go-live: phase 1": "2026-09-01" } },
            "Deployments": { "Production": [ "(?i)^prod" ], "Pipelines": [ "Release" ], "Versions": true },
            "Publish": { "hidden": { "Connector": "acmeJira", "Target": "Property", "Anchor": "PAY-1" },
                         "feature": { "Connector": "acmeAdo", "Target": "Fields", "Anchor": "4711", "Fields": { "Custom.PmoStatus": "{rag.overall}", "Custom.PmoForecast": "{schedule.finish.p85}" } } },
            "Rates": { "own": { "From": "2026-02-01", "People": { "Ada": 150 } } },
            "Thresholds": { "schedule.spit": { "Amber": 0.8, "Red": 0.7 } } } },
          "Portfolios": { "TECH": { "Name": "Technology", "Projects": [ "payments" ], "Publish": {} } },
          "People": { "ada": { "Accounts": [ "acmeJira:5b10ac", "acmeAdo:ada@acme.example" ], "Role": "Developer", "HoursPerDay": 6, "Absences": [ "2026-07-13/2026-07-24", "2026-08-01" ] } },
          "Rates": { "2026": { "From": "2026-01-01", "Default": 95, "Roles": { "Architect": 130 }, "People": {} } },
          "Thresholds": { "schedule.spit": { "Amber": 0.95, "Red": 0.90 } },
          "Publishing": { "MinDays": 2, "MinPoints": 3, "QuietHours": "", "WritesPerItemPerDay": 4, "AllowNotifications": true, "MaxStaleness": "1.00:00:00", "Culture": "de-CH" },
          "Privacy": { "Persons": "Names", "ShowTitles": true },
          "Console": { "Urls": "http://127.0.0.1:5080;http://[::1]:5080", "PublicUrl": "https://pmo.acme.example", "PathBase": "/pmo", "TrustedProxies": [ "10.0.0.0/8" ],
                       "Auth": { "Kind": "None", "Authority": "https://id.acme.example", "ClientId": "pmo", "ClientSecret": "s", "RoleClaim": "roles",
                                 "Access": { "ada@acme.example": { "Role": "Reader", "Projects": [ "PAYMENTS" ] } } } } } }
        """;

    [Fact]
    public void The_whole_key_set_is_taken() => ConfigurationFolder.Mistakes(Whole).ShouldBeEmpty();

    [Fact]
    public void It_arrives_in_the_engine_as_it_was_written()
    {
        using var folder = new ConfigurationFolder();
        folder.Write("appsettings.json", Whole);
        var loaded = folder.Load().Configuration.ShouldNotBeNull();
        var project = loaded.Pmo.Projects["payments"];
        project.Sources.Single(s => s.Name == "jira").Connector.ShouldBe("acmeJira");
        project.Plan.BaselineAt.ShouldBe(new DateTimeOffset(2026, 1, 12, 0, 0, 0, TimeSpan.Zero));
        project.Plan.Milestones["Go-live: phase 1"].ShouldBe(new DateOnly(2026, 9, 1));
        project.Plan.UsefulUntil.ShouldBe(new DateOnly(2028, 12, 31));
        loaded.Pmo.Mappings["acmeJira"].States["BLOCKED: LEGAL"].ShouldBe(TsPmo.Model.Work.State.InProgress);
        loaded.Pmo.Mappings["acmeJira"].Removed.ShouldBe(["Nope"]);
        loaded.Pmo.Portfolios["TECH"].Projects.ShouldBe(["PAYMENTS"]);
        loaded.Pmo.Publishing.QuietHours.ShouldBeNull();
        project.Rates.RateOf("ada", new(2026, 1, 31)).ShouldBe(95);
        project.Rates.RateOf("ada", new(2026, 2, 1)).ShouldBe(150);
        project.Thresholds["schedule.spit"].ShouldBe(new(0.8m, 0.7m));
        loaded.Notes.ShouldBe(new[] { "TsPmo:Console:TrustedProxies", "TsPmo:Projects:*:Charter" }.Select(key => $"{key} is read but nothing uses it in this version"));
        loaded.ProjectsOf("acmeJira").ShouldBe(["PAY", "WEB"]);
    }
}
