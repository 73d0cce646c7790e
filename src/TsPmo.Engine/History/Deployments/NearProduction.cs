using TsPmo.Model.Delivery;
using TsPmo.Model.Governance;

namespace TsPmo.Engine.History.Deployments;

/// <summary>Finds what nearly counts as production, so that a missing rule is noticed before a figure is.</summary>
public static class NearProduction
{
    /// <summary>Why an environment whose name suggests production does not count.</summary>
    internal const string Unmatched = "its name matches no pattern in Deployments.Production";

    /// <summary>Environments whose names suggest production and which do not count under the rules, in the order given. When anything was deployed to them is not told.</summary>
    public static IReadOnlyList<NearMiss> Among(DeploymentRules rules, IEnumerable<string> environments)
    {
        var production = new ProductionRules(rules);
        return [.. environments.Where(production.Misses).Select(name => Miss(name, []))];
    }

    /// <summary>Environments that count under the rules.</summary>
    public static IReadOnlyList<string> Counting(DeploymentRules rules, IEnumerable<string> environments)
    {
        var production = new ProductionRules(rules);
        return [.. environments.Where(name => production.Judge(name).IsProduction)];
    }

    internal static NearMiss Miss(string environment, IReadOnlyList<DateTimeOffset> at) => new($"environment \"{environment}\"", Unmatched, at);
}
