using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>How the api-version is found out and remembered.</summary>
public sealed class ApiVersionTests
{
    private const string TooHigh = "VssVersionOutOfRangeException", Preview = "VssInvalidPreviewVersionException";
    private const string Unspecific = "The requested REST API version is out of range for this server.";

    [Fact]
    public void An_area_is_asked_with_ever_lower_versions_until_none_is_left_and_others_are_not()
    {
        var versions = new ApiVersions();
        foreach (var (asked, next) in new[] { ("7.1", "7.0"), ("7.0", "6.0"), ("6.0", "5.1"), ("5.1", "5.0") })
        {
            versions.Learn("wit/wiql", asked, TooHigh, Unspecific).ShouldBeTrue();
            versions.For("wit/workitems").ShouldBe(next);
        }

        versions.Learn("wit/wiql", "5.0", TooHigh, Unspecific).ShouldBeFalse();
        versions.For("wit/wiql").ShouldBe("5.0");
        versions.For("build/builds").ShouldBe("7.1");
    }

    [Theory]
    [InlineData("api-version=5.0", null)]
    [InlineData("api-version=4.1", "refused")]
    public async Task A_server_is_read_with_the_oldest_version_and_one_that_is_older_still_says_so(string known, string? code)
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        var projects = ScriptedOrganisation.List(["""{"id":"p0","name":"Web","state":"wellFormed"}"""]);
        var refusal = $$"""{"message":"{{Unspecific}}","typeKey":"{{TooHigh}}"}""";
        server.On("_apis/projects?", r => r.PathAndQuery.Contains(known, StringComparison.Ordinal) ? new(projects) : new(refusal, 400));
        var organisation = new Organisation(server.Address, "secret", "Web");
        for (var pass = 0; pass < 2; pass++)
        {
            var failure = (await organisation.ReadAsync("catalogue")).Failure;
            failure?.Code.ShouldBe(code);
            (failure?.Message.Contains(Unspecific, StringComparison.Ordinal) ?? false).ShouldBe(code is not null);
        }
    }

    [Fact]
    public void Requests_that_were_refused_side_by_side_step_down_once()
    {
        var versions = new ApiVersions();
        versions.Learn("wit/wiql", "7.1", TooHigh, Unspecific).ShouldBeTrue();
        versions.Learn("wit/fields", "7.1", TooHigh, Unspecific).ShouldBeTrue();
        versions.For("wit/fields").ShouldBe("7.0");
    }

    [Theory]
    [InlineData("5.1", "5.1")]
    [InlineData("6.0", "6.0")]
    [InlineData("6.1", "6.0")]
    [InlineData("7.0", "7.0")]
    public void A_server_that_tells_its_latest_version_is_believed_for_every_area(string latest, string used)
    {
        var versions = new ApiVersions();
        versions.Learn("wit/wiql", "7.1", TooHigh, $"The requested REST API version of 7.1 is out of range for this server. The latest REST API version this server supports is {latest}.").ShouldBeTrue();
        (versions.For("wit/wiql"), versions.For("build/builds"), versions.Current).ShouldBe((used, used, used));
    }

    [Fact]
    public void A_latest_version_that_contradicts_the_refusal_is_not_believed()
    {
        var versions = new ApiVersions();
        versions.Learn("wit/wiql", "7.1", TooHigh, "The latest REST API version this server supports is 7.2.").ShouldBeTrue();
        versions.For("wit/wiql").ShouldBe("7.0");
    }

    [Fact]
    public void A_preview_is_remembered_for_its_resource_alone()
    {
        var versions = new ApiVersions();
        versions.Learn("work/capacities", "7.1", Preview, null).ShouldBeTrue();
        (versions.For("work/capacities"), versions.For("work/iterations")).ShouldBe(("7.1-preview", "7.1"));
        versions.Learn("work/capacities", "7.1-preview", Preview, null).ShouldBeFalse();
        versions.Learn("work/capacities", "7.1-preview", TooHigh, Unspecific).ShouldBeTrue();
        versions.For("work/capacities").ShouldBe("7.0-preview");
    }
}
