using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>A team's settings, area and iterations.</summary>
internal static class TeamRoutes
{
    private static readonly string[] WorkingDays = ["monday", "tuesday", "wednesday", "thursday", "friday"];

    public static void Map(RouteTable routes)
    {
        routes.Team(HttpMethods.Get, "work/teamsettings", Settings);
        routes.Team(HttpMethods.Get, "work/teamsettings/teamfieldvalues", FieldValues);
        routes.Team(HttpMethods.Get, "work/teamsettings/iterations", Iterations);
        routes.Team(HttpMethods.Get, "work/teamsettings/iterations/{iteration}", call => new Answer(Iteration(call, Selected(call), withLinks: true)));
        routes.Team(HttpMethods.Get, "work/teamsettings/iterations/{iteration}/workitems", WorkItems);
    }

    /// <summary>The iteration in the address, which the team must have selected.</summary>
    public static ClassificationNode Selected(ApiCall call) =>
        Guid.TryParse(call.Route("iteration"), out var id) && call.Team.Iterations.Find(node => node.Identifier == id) is { } found
            ? found
            : throw Refusal.NotFound($"TF400497: The current team has no iteration with id {call.Route("iteration")}.", "TeamIterationNotFoundException");

    public static string IterationAddress(ApiCall call, ClassificationNode node) => $"{Address(call)}/iterations/{node.Identifier}";

    private static string Address(ApiCall call) => $"{call.Links.In(call.Project, call.Team)}/work/teamsettings";

    private static Answer Settings(ApiCall call)
    {
        var root = call.Project.Iterations;
        var backlog = new { id = root.Identifier, name = root.Name, path = string.Empty, url = $"{Address(call)}/iterations/{root.Identifier}" };
        return new Answer(new
        {
            backlogIteration = backlog,
            bugsBehavior = "asRequirements",
            workingDays = WorkingDays,
            backlogVisibilities = new Dictionary<string, bool>(StringComparer.Ordinal)
            {
                ["Microsoft.EpicCategory"] = true,
                ["Microsoft.FeatureCategory"] = true,
                ["Microsoft.RequirementCategory"] = true,
            },
            defaultIterationMacro = "@currentIteration",
            url = Address(call),
            _links = new { self = new { href = Address(call) } },
        });
    }

    private static Answer FieldValues(ApiCall call)
    {
        var area = call.Team.Area;
        return new Answer(new
        {
            field = new { referenceName = FieldNames.AreaPath, url = call.Links.Field(FieldNames.AreaPath) },
            defaultValue = area.ItemPath,
            values = new[] { new { value = area.ItemPath, includeChildren = area.Parent is null } },
            url = $"{Address(call)}/teamfieldvalues",
        });
    }

    private static Answer Iterations(ApiCall call)
    {
        var timeframe = call.Query("$timeframe");
        if (timeframe is not null && !timeframe.Equals("current", StringComparison.OrdinalIgnoreCase))
            throw Refusal.Bad("VS403282: Only the timeframe \"current\" is supported.", "ArgumentException");
        var nodes = call.Team.Iterations.Where(node => timeframe is null || TimeFrame(call, node) == "current").OrderBy(node => node.Start ?? WireDate.OpenEnd);
        return Answer.List([.. nodes.Select(node => Iteration(call, node, withLinks: false))]);
    }

    private static object Iteration(ApiCall call, ClassificationNode node, bool withLinks) => new
    {
        id = node.Identifier,
        name = node.Name,
        path = node.ItemPath,
        attributes = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["startDate"] = WireDate.Write(node.Start),
            ["finishDate"] = WireDate.Write(node.Finish),
            ["timeFrame"] = TimeFrame(call, node),
        },
        url = IterationAddress(call, node),
        _links = withLinks ? new { self = new { href = IterationAddress(call, node) } } : null,
    };

    /// <summary>Undated iterations are in the future; the finish day still belongs to the iteration.</summary>
    private static string TimeFrame(ApiCall call, ClassificationNode node) => (node.Start, node.Finish) switch
    {
        ({ } start, _) when call.Now < start => "future",
        (not null, { } finish) when call.Now >= finish.AddDays(1) => "past",
        (not null, _) => "current",
        _ => "future",
    };

    private static Answer WorkItems(ApiCall call)
    {
        var (node, area) = (Selected(call), call.Team.Area.ItemPath);
        var members = call.Organisation.Items.Where(item => !item.Deleted && call.Organisation.Shows(item) && IsIn(item.Latest, node, area)).ToDictionary(item => item.Id);
        return new Answer(new
        {
            workItemRelations = members.Values.Select(item => Relation(call, item, members)).ToList(),
            url = $"{IterationAddress(call, node)}/workitems",
            _links = new { self = new { href = $"{IterationAddress(call, node)}/workitems" }, iteration = new { href = IterationAddress(call, node) } },
        });
    }

    private static bool IsIn(Revision revision, ClassificationNode node, string area) =>
        revision.Text(FieldNames.IterationPath) == node.ItemPath
        && (revision.Text(FieldNames.AreaPath) == area || revision.Text(FieldNames.AreaPath).StartsWith(area + '\\', StringComparison.OrdinalIgnoreCase));

    private static Dictionary<string, object?> Relation(ApiCall call, WorkItem item, Dictionary<int, WorkItem> members)
    {
        var parent = item.Latest.Fields.GetValueOrDefault(FieldNames.Parent) is int id && members.ContainsKey(id) ? id : (int?)null;
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["rel"] = parent is null ? null : LinkTypes.Child,
            ["source"] = parent is { } source ? call.Links.WorkItemReference(source) : null,
            ["target"] = call.Links.WorkItemReference(item.Id),
        };
    }
}
