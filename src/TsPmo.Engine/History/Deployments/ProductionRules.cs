using System.Text.RegularExpressions;
using TsPmo.Model.Delivery;
using TsPmo.Model.Governance;

namespace TsPmo.Engine.History.Deployments;

/// <summary>Says of a name whether it means production under a project's rules, and why.</summary>
internal sealed class ProductionRules(DeploymentRules rules)
{
    // Names only suggest that a rule is missing; they never make anything count.
    private static readonly Regex Suggestive = Suggesting(@"(?i)prod|prd|\blive\b|release");
    private static readonly Regex SuggestsDeploying = Suggesting(@"(?i)prod|prd|\blive\b|release|deploy|rollout|publish");

    public (bool IsProduction, string Reason) Judge(string environment) =>
        rules.Production.FirstOrDefault(p => Matches(p, environment)) is { } pattern
            ? (true, $"the environment \"{environment}\" matches \"{pattern}\" in Deployments.Production")
            : (false, $"the environment \"{environment}\" matches no pattern in Deployments.Production");

    public bool Names(string pipeline) => rules.Pipelines.Contains(pipeline, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a name suggests production to a reader and does not count.</summary>
    public bool Misses(string environment) => Matches(Suggestive, environment) && !Judge(environment).IsProduction;

    /// <summary>Whether a pipeline's name suggests that its runs deploy.</summary>
    public static bool LooksLikeDeploying(string pipeline) => Matches(SuggestsDeploying, pipeline);

    /// <summary>What follows from how a deployment to production ended; empty for success.</summary>
    public static string Consequence(DeploymentResult result) => result switch
    {
        DeploymentResult.Failed => "; it failed there, so it is no successful deployment",
        DeploymentResult.Partial => "; it reached it only in part, so it is no successful deployment",
        DeploymentResult.Canceled => "; it was canceled, so nothing was deployed",
        DeploymentResult.Running => "; it has not ended yet",
        _ => "",
    };

    private static Regex Suggesting(string pattern) => new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>A pattern that takes too long on a name does not match it.</summary>
    private static bool Matches(Regex pattern, string name)
    {
        try
        {
            return pattern.IsMatch(name);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
