namespace TsPmo.Sync.Tests.Configuration;

/// <summary>Several sources become one configuration.</summary>
public sealed class LayerTests
{
    [Fact]
    public void Nothing_at_all_is_a_valid_configuration()
    {
        using var folder = new ConfigurationFolder();
        var loaded = folder.Load().Configuration.ShouldNotBeNull();
        loaded.Options.Schedule.TimeZone.ShouldBe("UTC");
        loaded.Pmo.Projects.ShouldBeEmpty();
        loaded.StoreFile.ShouldBe(Path.Combine(folder.Path, "data", "tspmo.db"));
    }

    [Fact]
    public void A_plain_value_comes_from_the_last_file_that_has_it()
    {
        using var folder = new ConfigurationFolder();
        folder.Write("a.json", """{ "TsPmo": { "Schedule": { "TimeZone": "Europe/Zurich", "Sync": "0 0 1 * * ?" } } }""");
        folder.Write("b.json", """{ "tspmo": { "schedule": { "SYNC": "0 0 2 * * ?" } } }""");
        var schedule = folder.Load("a.json", "b.json").Configuration.ShouldNotBeNull().Options.Schedule;
        schedule.TimeZone.ShouldBe("Europe/Zurich");
        schedule.Sync.ShouldBe("0 0 2 * * ?");
    }

    [Fact]
    public void A_list_in_a_later_file_replaces_the_earlier_one_whole_and_the_default_too()
    {
        using var folder = new ConfigurationFolder();
        folder.Write("a.json", """{ "TsPmo": { "Calendar": { "WorkingDays": [ "Monday", "Tuesday", "Wednesday" ], "Holidays": [ "2026-12-25", "2026-12-26" ] } } }""");
        folder.Write("b.json", """{ "TsPmo": { "Calendar": { "WorkingDays": [ "Sunday" ], "Holidays": [] } } }""");
        var calendar = folder.Load("a.json", "b.json").Configuration.ShouldNotBeNull().Options.Calendar;
        calendar.WorkingDays.ShouldBe([DayOfWeek.Sunday]);
        calendar.Holidays.ShouldBeEmpty();
    }

    [Fact]
    public void Named_objects_are_merged_by_name_without_regard_to_case()
    {
        using var folder = new ConfigurationFolder();
        folder.Write("a.json", """{ "TsPmo": { "Projects": { "PAY": { "Name": "Payments", "Sponsor": "Ada" } } } }""");
        folder.Write("b.json", """{ "TsPmo": { "Projects": { "pay": { "Sponsor": "Bob" }, "WEB": {} } } }""");
        var projects = folder.Load("a.json", "b.json").Configuration.ShouldNotBeNull().Pmo.Projects;
        projects.Keys.ShouldBe(["PAY", "WEB"]);
        (projects["PAY"].Name, projects["PAY"].Sponsor).ShouldBe(("Payments", "Bob"));
    }

    [Fact]
    public void Comments_trailing_commas_a_byte_order_mark_and_null_are_no_mistakes()
    {
        using var folder = new ConfigurationFolder();
        folder.Write("a.json", "\uFEFF{ /* all of it */ \"TsPmo\": { \"Schedule\": { \"TimeZone\": null, }, }, } // end");
        folder.Load("a.json").Configuration.ShouldNotBeNull().Options.Schedule.TimeZone.ShouldBe("UTC");
    }

    [Fact]
    public void A_secrets_folder_holds_one_file_per_key_whose_last_line_end_does_not_count()
    {
        using var folder = new ConfigurationFolder();
        folder.Write("a.json", """{ "TsPmo": { "SecretsDirectory": "secrets" } }""");
        folder.Write("secrets/TsPmo__Console__Auth__ClientSecret", "s3cret\n");
        var secret = folder.Load("a.json").Configuration.ShouldNotBeNull().Options.Console.Auth.ClientSecret.ShouldNotBeNull();
        secret.Reveal().ShouldBe("s3cret");
        secret.ToString().ShouldBe("***");
    }

    [Fact]
    public void The_file_of_the_environment_comes_after_the_first()
    {
        using var folder = new ConfigurationFolder();
        folder.Write("appsettings.json", """{ "TsPmo": { "Schedule": { "TimeZone": "Europe/Zurich" } } }""");
        folder.Write("appsettings.Production.json", """{ "TsPmo": { "Schedule": { "TimeZone": "Asia/Tokyo" } } }""");
        folder.Load().Configuration.ShouldNotBeNull().Options.Schedule.TimeZone.ShouldBe("Asia/Tokyo");
    }
}
