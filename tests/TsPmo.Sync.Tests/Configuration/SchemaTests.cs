using TsPmo.Plugins;
using TsPmo.Sync.Configuration;
using TsPmo.Sync.Configuration.Schema;
using TsPmo.Sync.Configuration.Sources;
using TsPmo.Testing;

namespace TsPmo.Sync.Tests.Configuration;

/// <summary>What the repository says about the configuration is what the program takes.</summary>
public sealed class SchemaTests
{
    private static readonly string Root = SharedFolder.RepositoryRoot();
    private static readonly PluginCatalog Catalog = PluginCatalog.Scan();

    public static TheoryData<string> Samples => [.. Directory.GetFiles(Path.Combine(Root, "config", "samples"), "*.json").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    /// <summary>Set UPDATE_SNAPSHOTS=1 to write the schema anew after a change of the options.</summary>
    [Fact]
    public void The_schema_in_the_repository_is_the_one_the_options_give()
    {
        var file = Path.Combine(Root, "config", "appsettings.schema.json");
        var schema = SettingsSchema.Write(Catalog);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(file, schema);
        File.ReadAllText(file).ShouldBe(schema);
    }

    [Theory, MemberData(nameof(Samples))]
    public void A_sample_lacks_nothing_but_its_secret(string sample)
    {
        var problems = Load(sample).Problems;
        problems.ShouldHaveSingleItem().Key.ShouldEndWith(":Auth:Secret");
        problems[0].Wrong.ShouldBe("is missing");
    }

    [Fact]
    public void Every_connector_type_has_a_sample() =>
        Catalog.Connectors.Select(c => c.Type).Except(
            Samples.Select(s => File.ReadAllText(Path.Combine(Root, "config", "samples", s.Data))).SelectMany(text => Catalog.Connectors.Where(c => text.Contains($"\"Type\": \"{c.Type}\"", StringComparison.Ordinal))).Select(c => c.Type),
            StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void The_file_at_the_root_is_valid_as_it_stands() =>
        ConfigurationResult.Load(new ConfigurationInput { ApplicationDirectory = Root }, Catalog).Problems.ShouldBeEmpty();

    private static ConfigurationResult Load(string sample) => ConfigurationResult.Load(
        new ConfigurationInput { ApplicationDirectory = Root, Files = [Path.Combine(Root, "config", "samples", sample)] }, Catalog);
}
