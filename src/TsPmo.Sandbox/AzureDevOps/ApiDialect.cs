namespace TsPmo.Sandbox.AzureDevOps;

/// <summary>What differs between Azure DevOps Services and the releases of Azure DevOps Server.</summary>
/// <param name="Oldest">Lowest api-version that is answered.</param>
/// <param name="Released">Highest api-version that needs no -preview.</param>
/// <param name="Newest">Highest api-version at all, with -preview.</param>
/// <param name="DeploymentType">What connection data says about the installation.</param>
internal sealed record ApiDialect(Version Oldest, Version Released, Version Newest, string DeploymentType)
{
    public static ApiDialect Services { get; } = new(new Version(1, 0), new Version(7, 1), new Version(7, 2), "hosted");
}
