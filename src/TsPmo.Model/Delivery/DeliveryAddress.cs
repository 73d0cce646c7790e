namespace TsPmo.Model.Delivery;

/// <summary>How a link from an item to a pipeline run or a deployment of the same connector is told: as the address of a link of the group <see cref="Group"/>.</summary>
public static class DeliveryAddress
{
    /// <summary>The group of such links.</summary>
    public const string Group = "delivery";

    private const string RunPrefix = "run:";
    private const string DeploymentPrefix = "deployment:";

    /// <summary>The address of a pipeline run.</summary>
    public static string Run(string runId) => RunPrefix + runId;

    /// <summary>The address of a deployment by its id within the connector.</summary>
    public static string Deployment(string deploymentId) => DeploymentPrefix + deploymentId;
}
