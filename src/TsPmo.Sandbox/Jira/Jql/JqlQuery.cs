using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Jql;

/// <summary>A query that was understood: a test for issues and an order.</summary>
/// <param name="IsBounded">Whether there is any restriction at all; the cloud refuses a query without one.</param>
internal sealed record JqlQuery(Func<JiraIssue, bool> Matches, bool IsBounded, IReadOnlyList<JqlOrder> Order)
{
    /// <summary>The issues found, in the query's order and, where that says nothing, newest first.</summary>
    public List<JiraIssue> Run(IEnumerable<JiraIssue> issues)
    {
        var found = issues.Where(Matches);
        var ordered = Order.Count == 0 ? found.OrderByDescending(i => i.Id) : found.OrderBy(_ => 0);
        foreach (var order in Order)
            ordered = order.Descending ? ordered.ThenByDescending(order.Value) : ordered.ThenBy(order.Value);
        return [.. ordered.ThenBy(i => i.Id)];
    }
}

internal sealed record JqlOrder(Func<JiraIssue, IComparable?> Value, bool Descending);

/// <summary>Either a query or what Jira says is wrong with it.</summary>
internal readonly record struct JqlResult(JqlQuery? Query, IReadOnlyList<string> Errors);
