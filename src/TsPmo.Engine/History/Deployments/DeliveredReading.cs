using System.Text.Json;
using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Delivery;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;

namespace TsPmo.Engine.History.Deployments;

/// <summary>Puts together what each deployment to production brought there first, in the order in which they ended.</summary>
internal sealed class DeliveredReading(DeliveryRows rows, DeliveryTrace trace)
{
    private readonly ILookup<SourceId, RunChangesRow> _changes = trace.Changes.ToLookup(c => new SourceId(c.Connector, c.RunId));
    private readonly ILookup<(string, string), PullRequestRow> _requests =
        trace.PullRequests.Where(p => p.MergeRevision is not null).ToLookup(p => (p.Connector, p.MergeRevision ?? ""), EqualityComparer<(string, string)>.Default);

    private readonly ILookup<(string, string), LinkRow> _links =
        trace.Links.Where(l => l.OtherUrl is not null).ToLookup(l => (l.Connector, l.OtherUrl ?? ""), EqualityComparer<(string, string)>.Default);

    /// <param name="deployments">The project's deployments, ordered by finish.</param>
    public IReadOnlyList<DeploymentChanges> Read(IEnumerable<Deployment> deployments)
    {
        var (sequence, known) = (new RunSequence(rows.Runs), new HashSet<(string, string)>());
        return [.. deployments.Where(d => d.IsProduction && d.FinishedAt is not null).Select(d => Of(d, sequence, known))];
    }

    private DeploymentChanges Of(Deployment deployment, RunSequence sequence, HashSet<(string Connector, string Revision)> known)
    {
        var connector = deployment.Run?.Connector ?? deployment.Id.Connector;
        var changes = (deployment.Run is { } run ? sequence.With(run, deployment.HasReached) : []).SelectMany(r => _changes[r]).ToList();
        var commits = changes.SelectMany(c => JsonSerializer.Deserialize(c.Commits, CommitJson.Default.IReadOnlyListCommitChange) ?? [])
            .Where(c => !known.Contains((connector, c.Revision))).DistinctBy(c => c.Revision, StringComparer.Ordinal).ToList();
        var requests = commits.Select(c => c.Revision).Append(deployment.Revision).OfType<string>().Distinct(StringComparer.Ordinal)
            .Where(r => !known.Contains((connector, r))).SelectMany(r => _requests[(connector, r)]).ToList();
        if (deployment.HasReached)
            known.UnionWith(commits.Select(c => c.Revision).Append(deployment.Revision ?? "").Select(r => (connector, r)));
        return new DeploymentChanges
        {
            Deployment = deployment,
            Commits = [.. commits.Select(c => new DeployedCommit(c.Revision, c.At)).OrderBy(c => c.At).ThenBy(c => c.Revision, StringComparer.Ordinal)],
            PullRequests = [.. requests.Select(Request).OrderBy(p => p.Id)],
            WorkItems = [.. Lines(changes.Select(c => c.WorkItems).Concat(requests.Select(r => r.WorkItems))).Select(id => new SourceId(connector, id)).Order()],
            LinkedItems = [.. Linked(deployment).OrderBy(l => l.Id)],
        };
    }

    private IEnumerable<LinkedItem> Linked(Deployment deployment)
    {
        var told = _links[(deployment.Id.Connector, DeliveryAddress.Deployment(deployment.Id.Id))];
        if (deployment.Run is { } run)
            told = told.Concat(_links[(run.Connector, DeliveryAddress.Run(run.Id))]);
        return told.GroupBy(l => new SourceId(l.Connector, l.ItemId)).Select(g => new LinkedItem(g.Key, g.Any(l => l.Kind == LinkKind.CausedBy)));
    }

    private static DeployedPullRequest Request(PullRequestRow request) => new(
        new SourceId(request.Connector, $"pull-request/{request.Id}"), Instants.FromRow(request.CreatedAt), Instants.FromRow(request.MergedAt),
        Instants.FromRow(request.FirstCommitAt), request.Url);

    private static IEnumerable<string> Lines(IEnumerable<string> texts) =>
        texts.SelectMany(t => t.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal);
}
