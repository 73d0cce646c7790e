using System.Text.Json.Serialization;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>Which trackers a portfolio lives in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PortfolioShape>))]
public enum PortfolioShape
{
    /// <summary>Twelve PMO projects in a Jira Cloud, a Jira Data Center and an Azure DevOps, some of them in two.</summary>
    Mixed,

    /// <summary>One Azure DevOps organisation with twelve projects of its own, three of each of the four processes.</summary>
    Organisation,
}
