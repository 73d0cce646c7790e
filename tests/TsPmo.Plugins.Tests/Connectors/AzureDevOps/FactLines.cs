using System.Globalization;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>Facts as lines that a person can read beside a recording.</summary>
internal static class FactLines
{
    public static string Of(IEnumerable<Fact> facts) =>
        string.Join('\n', facts.OrderBy(f => f switch { WorkItemFact => 0, WorkItemEvent => 1, _ => 2 }).ThenBy(Of, StringComparer.Ordinal).Select(Of));

    private static string Of(Fact fact) => fact switch
    {
        WorkItemFact item => $"item {item.Id} v{item.Version} key {item.Key} title {item.Title}\n  url {item.Url}\n"
            + $"  created {At(item.Created)} updated {At(item.Updated)} reporter {item.Reporter}\n{Values(item.Values)}",
        WorkItemEvent change => $"event {change.ItemId}/{change.EventId} at {At(change.At)} by {change.Author} snapshot {change.IsSnapshot}\n"
            + Values(change.Values.ToDictionary(v => v.Key, v => v.Value.To, StringComparer.Ordinal)),
        CapacitySet set => $"capacity {set.Project} {set.Team} {set.SprintId}\n" + string.Join('\n', set.Rows.Select(Row)),
        DeploymentFact d => $"deployment {d.Id} {d.Source} {d.Environment} of {d.Pipeline} in {d.Project}: {d.Result}\n"
            + $"  {At(d.StartedAt)} to {At(d.FinishedAt)} run {d.RunId} revision {d.Revision ?? "-"}\n  url {d.Url}",
        DeploymentJobFact j => $"job {j.Id} of {j.DeploymentId} to {j.Environment} by {j.Pipeline} in {j.Project}: {j.Result} in attempt {j.StageAttempt}, {j.Job} attempt {j.JobAttempt}\n"
            + $"  {At(j.StartedAt)} to {At(j.FinishedAt)} run {j.RunId}\n  url {j.Url}",
        RunChangesFact c => $"changes of run {c.RunId} in {c.Project}: items {string.Join(' ', c.WorkItems)}\n" + string.Join('\n', c.Commits.Select(m => $"  {m.Revision} at {At(m.At)}")),
        PullRequestFact p => $"pull request {p.Id} of {p.Repository} in {p.Project} by {p.Author} into {p.TargetBranch}: items {string.Join(' ', p.WorkItems)}\n"
            + $"  opened {At(p.CreatedAt)} merged {At(p.MergedAt)} as {p.MergeRevision}, first commit {At(p.FirstCommitAt)}\n  url {p.Url}",
        RunQualityFact q => $"quality of run {q.RunId} in {q.Project}: passed {q.Tests?.Passed} failed {q.Tests?.Failed} other {q.Tests?.Other}, lines {q.Coverage?.Covered} of {q.Coverage?.Coverable}",
        _ => fact.ToString() ?? "",
    };

    private static string Row(CapacityRow row) =>
        string.Create(CultureInfo.InvariantCulture, $"  {row.Account} {row.HoursPerDay:0.##} hours, off {string.Join(' ', row.DaysOff.Select(d => d.ToString("O", CultureInfo.InvariantCulture)))}");

    private static string Values(IReadOnlyDictionary<string, RawValue> values) =>
        string.Join('\n', values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"  {v.Key}={v.Value.Text?.Replace('\n', '|')}"));

    private static string At(DateTimeOffset? at) => at?.ToString("O", CultureInfo.InvariantCulture) ?? "-";
}
