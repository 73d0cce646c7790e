using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>The trees of areas and iterations.</summary>
internal static class ClassificationRoutes
{
    private static readonly (int, string)[] Structures = [(0, "areas"), (1, "iterations")];

    public static void Map(RouteTable routes)
    {
        routes.Project(HttpMethods.Get, "wit/classificationnodes", Roots);
        routes.Project(HttpMethods.Get, "wit/classificationnodes/{structure}/{**path}", One);
    }

    private static Answer Roots(ApiCall call)
    {
        var (project, ids) = (call.Project, call.Ids("ids"));
        IEnumerable<ClassificationNode> nodes = ids.Count == 0
            ? [project.Areas, project.Iterations]
            : project.Areas.SelfAndDescendants().Concat(project.Iterations.SelfAndDescendants()).Where(node => ids.Contains(node.Id));
        return Answer.List([.. nodes.Select(node => Write(call, node, call.Number("$depth", 0), isRoot: true))]);
    }

    private static Answer One(ApiCall call)
    {
        var root = ApiCall.Choose("structureGroup", call.Route("structure"), Structures) == "areas" ? call.Project.Areas : call.Project.Iterations;
        var path = Uri.UnescapeDataString(call.Route("path") ?? string.Empty).Trim('/').Replace('/', '\\');
        var wanted = path.Length == 0 ? root.ItemPath : $@"{root.ItemPath}\{path}";
        return root.SelfAndDescendants().FirstOrDefault(node => node.ItemPath.Equals(wanted, StringComparison.OrdinalIgnoreCase)) is { } found
            ? new Answer(Write(call, found, call.Number("$depth", 0), isRoot: true))
            : throw Refusal.NotFound($"VS402485: The classification node {path} does not exist.", "ClassificationNodeNotFoundException");
    }

    private static object Write(ApiCall call, ClassificationNode node, int depth, bool isRoot)
    {
        var address = Address(call, node);
        return new
        {
            id = node.Id,
            identifier = node.Identifier,
            name = node.Name,
            structureType = node.Structure,
            hasChildren = node.Children.Count > 0,
            children = depth > 0 && node.Children.Count > 0 ? node.Children.Select(child => Write(call, child, depth - 1, isRoot: false)).ToList() : null,
            attributes = node.Start is null && node.Finish is null ? null : new { startDate = WireDate.Write(node.Start), finishDate = WireDate.Write(node.Finish) },
            path = node.NodePath,
            _links = isRoot ? new { self = new { href = address } } : null,
            url = address,
        };
    }

    private static string Address(ApiCall call, ClassificationNode node)
    {
        var below = node.ItemPath.Split('\\').Skip(1).Select(Uri.EscapeDataString);
        var structure = node.Structure == "area" ? "Areas" : "Iterations";
        return string.Join('/', below.Prepend($"{call.Links.In(call.Project)}/wit/classificationNodes/{structure}"));
    }
}
