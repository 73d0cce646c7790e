namespace TsPmo.Sync.Tests.Configuration;

/// <summary>Publications are checked against what can be written, and against each other.</summary>
public sealed class PublicationTests
{
    [Fact]
    public void Two_publications_do_not_write_into_the_same_place() =>
        Mistakes(
            """ "A": { "Publish": { "x": { "Connector": "ado", "Target": "Fields", "Anchor": "7", "Fields": { "Custom.S": "{rag.overall}" } } } }, "B": { "Publish": { "y": { "Connector": "ado2", "Target": "Fields", "Anchor": "7", "Fields": { "custom.s": "{rag.overall}" } } } } """)
            .ShouldHaveSingleItem().ShouldBe("TsPmo:Projects:B:Publish:y:Fields:custom.s: \"{rag.overall}\" writes into the same place as TsPmo:Projects:A:Publish:x; choose another field or anchor, or remove one of them.");

    [Fact]
    public void Two_comments_on_one_item_are_one_too_many() =>
        Mistakes(""" "A": { "Publish": { "x": { "Connector": "ado", "Target": "Comment", "Anchor": "7" }, "y": { "Connector": "ado", "Target": "comment", "Anchor": "7" } } } """)
            .ShouldHaveSingleItem().ShouldBe("TsPmo:Projects:A:Publish:y:Anchor: \"7\" writes into the same place as TsPmo:Projects:A:Publish:x; choose another anchor or target, or remove one of them.");

    [Fact]
    public void A_target_must_be_one_of_the_connectors_type() =>
        Mistakes(""" "A": { "Publish": { "x": { "Connector": "ado", "Target": "Propperty", "Anchor": "7" } } } """)
            .ShouldHaveSingleItem().ShouldStartWith("TsPmo:Projects:A:Publish:x:Target: \"Propperty\" cannot be written through a connector of type AzureDevOps; known are ");

    [Fact]
    public void A_placeholder_must_name_a_metric() =>
        Mistakes(""" "A": { "Publish": { "x": { "Connector": "ado", "Target": "Fields", "Anchor": "7", "Fields": { "Custom.S": "{schedule.svv} of {rag.overall}" } } } } """)
            .ShouldHaveSingleItem().ShouldStartWith("TsPmo:Projects:A:Publish:x:Fields:Custom.S: \"{schedule.svv} of {rag.overall}\" uses {schedule.svv}, which is not a metric; did you mean schedule.sv");

    [Fact]
    public void Fields_need_at_least_one() =>
        Mistakes(""" "A": { "Publish": { "x": { "Connector": "ado", "Target": "Fields", "Anchor": "7" } } } """)
            .ShouldHaveSingleItem().ShouldStartWith("TsPmo:Projects:A:Publish:x:Fields: is missing;");

    private static IReadOnlyList<string> Mistakes(string projects)
    {
        const string Connector = """{ "Type": "AzureDevOps", "BaseUrl": "https://dev.azure.com/acme", "Auth": { "Kind": "Basic", "Secret": "s" } }""";
        return ConfigurationFolder.Mistakes($$"""{ "TsPmo": { "Connectors": { "ado": {{Connector}}, "ado2": {{Connector}} }, "Projects": { {{projects}} } } }""");
    }
}
