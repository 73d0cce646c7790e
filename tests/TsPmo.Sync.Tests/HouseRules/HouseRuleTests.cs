using System.Reflection;
using TsPmo.Model.Contracts;

namespace TsPmo.Sync.Tests.HouseRules;

/// <summary>Every rule is tested twice: the house keeps it, and a planted breach is found.</summary>
public sealed class HouseRuleTests
{
    private static readonly SourceTree Tree = SourceTree.OfRepository();

    public static TheoryData<string, string, string> Breaches => new()
    {
        { nameof(Rules.Floors), "src/TsPmo.Engine/TsPmo.Engine.csproj", """<ProjectReference Include="..\TsPmo.Plugins\TsPmo.Plugins.csproj" />""" },
        { nameof(Rules.ModelHasNoPackages), "src/TsPmo.Model/TsPmo.Model.csproj", """<PackageReference Include="NodaTime" />""" },
        { nameof(Rules.ToolNamesStayHome), "src/TsPmo.Engine/Pipeline/Breach.cs", "// as Azure DevOps does" },
        { nameof(Rules.ToolNamesStayHome), "src/TsPmo.Sync/Breach.cs", """if (type == "jira") return;""" },
        { nameof(Rules.PluginsAreStrangers), "src/TsPmo.Plugins/Connectors/Jira/Breach.cs", "using TsPmo.Plugins.Connectors.AzureDevOps;" },
        { nameof(Rules.MetricsAndNormalisersArePure), "src/TsPmo.Plugins/Metrics/Breach/BreachMetric.cs", "public async Task<int> Measure()" },
        { nameof(Rules.MetricsAndNormalisersArePure), "src/TsPmo.Plugins/Connectors/Jira/JiraNormaliser.cs", "private readonly TimeProvider _clock;" },
        { nameof(Rules.OnlyHttpMakesClients), "src/TsPmo.Engine/Breach.cs", "using var client = new HttpClient();" },
        { nameof(Rules.OnlyStorageOpensDatabases), "src/TsPmo.Engine/Reporting/Breach.cs", "await using var connection = new SqliteConnection(text);" },
        { nameof(Rules.ConsoleAndCliReadReporting), "src/TsPmo.Sync/Cli/Breach.cs", "using Microsoft.EntityFrameworkCore;" },
        { nameof(Rules.OneClock), "src/TsPmo.Engine/Breach.cs", "var now = TimeProvider.System.GetUtcNow();" },
        { nameof(Rules.NothingIsSilenced), "src/TsPmo.Engine/Breach.cs", "#pragma warning disable CS8618" },
        { nameof(Rules.NamesSayWhatThingsAre), "src/TsPmo.Engine/Breach.cs", "internal sealed class SyncManager" },
        { nameof(Rules.NamesSayWhatThingsAre), "src/TsPmo.Engine/Helpers/Dates.cs", "" },
    };

    public static TheoryData<string> All => [.. Breaches.Select(b => b.Data.Item1).Distinct(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(All))]
    public void The_house_keeps(string rule) => Apply(rule, Tree).ShouldBeEmpty();

    [Theory, MemberData(nameof(Breaches))]
    public void A_breach_is_found_of(string rule, string path, string text) =>
        Apply(rule, Tree.With(path, text)).ShouldNotBeEmpty();

    [Theory]
    [InlineData(typeof(IConnector))]
    [InlineData(typeof(INormaliser))]
    [InlineData(typeof(IMetric))]
    [InlineData(typeof(IDerivedMetric))]
    [InlineData(typeof(IPortfolioMetric))]
    [InlineData(typeof(IPublisher))]
    public void A_contract_has_three_members_at_most(Type contract) =>
        contract.GetMembers().Count(m => m is not MethodInfo { IsSpecialName: true }).ShouldBeLessThanOrEqualTo(3);

    [Fact]
    public void The_model_references_only_the_base_class_library() =>
        typeof(IConnector).Assembly.GetReferencedAssemblies().Select(a => a.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal)).ShouldBeEmpty();

    [Theory]
    [InlineData("TsPmo.Model")]
    [InlineData("TsPmo.Plugins")]
    [InlineData("TsPmo.Engine")]
    [InlineData("TsPmo.Engine.Sqlite")]
    [InlineData("TsPmo.Sandbox")]
    public void Classes_are_sealed_static_or_abstract(string assembly) =>
        Assembly.Load(assembly).GetTypes()
            .Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false } && t.FullName!.StartsWith("TsPmo.", StringComparison.Ordinal) && !t.Name.Contains('<', StringComparison.Ordinal))
            .Select(t => t.FullName).ShouldBeEmpty();

    private static IReadOnlyList<string> Apply(string rule, SourceTree tree) =>
        (IReadOnlyList<string>)typeof(Rules).GetMethod(rule)!.Invoke(null, [tree])!;
}
