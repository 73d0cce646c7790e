using System.Collections.Concurrent;
using TsPmo.Model;
using TsPmo.Model.Publishing;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing;

/// <summary>Whether a change of a work item can be kept from being mailed: asked for with every one, and granted where the account may.</summary>
internal sealed class Silence(AzureDevOpsClient client)
{
    // What is refused today may be granted tomorrow, so only what was granted is not asked for again.
    private readonly ConcurrentDictionary<string, bool> _granted = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The plan with what is known of its loudness. Taking back waits for nobody's permission.</summary>
    public async Task<PublicationPlan> HeedAsync(PublicationRequest request, AnchorState item, PublicationPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Write is null)
            return plan;
        var may = await MayAsync(item.Project, cancellationToken);
        return may == false && !request.AllowNotifications && request.Report is not null
            ? plan with { Outcome = PlanOutcome.Refused, Write = null, Quiet = false, Problem = NotAllowed(request, item) }
            : plan with { Quiet = may };
    }

    private async Task<bool?> MayAsync(string name, CancellationToken cancellationToken)
    {
        if (_granted.ContainsKey(name))
            return true;
        var project = (client.Listed ?? await client.ProjectsAsync(cancellationToken)).FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        var may = project is null ? null : await new Rights(client).MayBeSilentAsync(project, cancellationToken);
        if (may == true)
            _granted[name] = true;
        return may;
    }

    private static Problem NotAllowed(PublicationRequest request, AnchorState item) => new(
        "loud-target",
        $"Publication '{request.Id}' would change work item {item.Id}, and Azure DevOps would mail about it: the account may not suppress that.",
        $"Give the account the permission 'Suppress notifications for work item updates' of project {item.Project}, or set TsPmo:Publishing:AllowNotifications to true to accept the mails.")
    {
        Scope = request.Id,
    };
}
