namespace TsPmo.Sandbox.AzureDevOps;

/// <summary>What differs between Azure DevOps Services and the releases of Azure DevOps Server.</summary>
/// <param name="Oldest">Lowest api-version that is answered.</param>
/// <param name="Released">Highest api-version that needs no -preview.</param>
/// <param name="Newest">Highest api-version at all, with -preview.</param>
/// <param name="DeploymentType">What connection data says about the installation.</param>
/// <param name="StatesInTypes">Whether work item types list their states; else each type is asked for them.</param>
/// <param name="Markdown">Whether comments and long texts may be Markdown; else everything is HTML.</param>
internal sealed record ApiDialect(Version Oldest, Version Released, Version Newest, string DeploymentType, bool StatesInTypes, bool Markdown)
{
    /// <summary>The first version in which capacities come with their sums instead of as a list.</summary>
    public static Version CapacityTotals { get; } = new(7, 0);

    private static ApiDialect Services { get; } = new(new(1, 0), new(7, 1), new(7, 2), "hosted", StatesInTypes: true, Markdown: true);

    public static ApiDialect Of(AzureDevOpsEdition edition) => edition switch
    {
        AzureDevOpsEdition.Server2022 => Server(new(7, 0), statesInTypes: true),
        AzureDevOpsEdition.Server2020 => Server(new(6, 0), statesInTypes: false),
        AzureDevOpsEdition.Server2019 => Server(new(5, 1), statesInTypes: false),
        _ => Services,
    };

    private static ApiDialect Server(Version newest, bool statesInTypes) => new(new(1, 0), newest, newest, "onPremises", statesInTypes, Markdown: false);
}
