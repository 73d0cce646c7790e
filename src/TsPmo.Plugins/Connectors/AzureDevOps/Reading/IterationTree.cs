using System.Globalization;
using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>One node of a project's iterations. Path is spelt as items spell it ("Project\Release 1\Sprint 2").</summary>
internal sealed record IterationNode(long? Id, string Identifier, string Name, string Path, DateOnly? First, DateOnly? Last, bool IsRoot)
{
    /// <summary>Whether the day, in whatever zone it is meant, can be one of the iteration's or the one after: what was told last on its last day is read too.</summary>
    public bool IsCurrent(DateOnly today) => First is { } first && Last is { } last && first <= today.AddDays(1) && last >= today.AddDays(-2);
}

/// <summary>Reads a project's tree of iterations.</summary>
internal static class IterationTree
{
    // Deep enough for what people make; deeper branches are asked for on their own.
    private const int Depth = 10;

    /// <summary>The root and everything below it.</summary>
    public static async Task<IReadOnlyList<IterationNode>> ReadAsync(AzureDevOpsClient client, string project, CancellationToken cancellationToken)
    {
        var nodes = new List<IterationNode>();
        var open = new Queue<(string? Below, string? Parent)>([(null, null)]);
        while (open.TryDequeue(out var branch))
        {
            var path = $"{AzureDevOpsClient.Segment(project)}/_apis/wit/classificationnodes/iterations{branch.Below}";
            var answer = await client.GetAsync("wit/classificationnodes", path, cancellationToken, ("$depth", Depth.ToString(CultureInfo.InvariantCulture)));
            if (branch.Parent is null)
                Walk(answer.Body, null, null, nodes, open);
            else
                foreach (var child in answer.Body.Items("children"))
                    Walk(child, branch.Parent, branch.Below, nodes, open);
        }

        return nodes;
    }

    private static void Walk(JsonElement node, string? parent, string? below, List<IterationNode> nodes, Queue<(string? Below, string? Parent)> open)
    {
        var name = node.Text("name") ?? "";
        var path = parent is null ? name : $@"{parent}\{name}";
        var address = parent is null ? null : $"{below}/{AzureDevOpsClient.Segment(name)}";
        var dates = node.Child("attributes");
        nodes.Add(new(node.Whole("id"), (node.Text("identifier") ?? "").ToLowerInvariant(), name, path,
            WireDate.Day(dates.Text("startDate")), WireDate.Day(dates.Text("finishDate")), parent is null));
        var children = node.Items("children").ToList();
        if (children.Count == 0 && node.Flag("hasChildren"))
            open.Enqueue((address, path));
        foreach (var child in children)
            Walk(child, path, address, nodes, open);
    }
}
