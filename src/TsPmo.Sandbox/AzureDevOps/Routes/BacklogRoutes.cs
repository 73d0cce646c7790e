using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.State;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>Which types are on which backlog and which fields carry effort, remaining work and order.</summary>
internal static class BacklogRoutes
{
    private static readonly string[] PortfolioKinds = ["Epic", "Feature"];

    public static void Map(RouteTable routes)
    {
        routes.Project(HttpMethods.Get, "work/processconfiguration", ProcessConfiguration);
        routes.Team(HttpMethods.Get, "work/backlogconfiguration", BacklogConfiguration);
    }

    private static Dictionary<string, string> TypeFields(TeamProject project) => new(StringComparer.Ordinal)
    {
        ["Order"] = project.Process.Name is "Scrum" or "Basic" ? "Microsoft.VSTS.Common.BacklogPriority" : "Microsoft.VSTS.Common.StackRank",
        ["Effort"] = project.Process.PointsField,
        ["RemainingWork"] = FieldNames.RemainingWork,
        ["Activity"] = "Microsoft.VSTS.Common.Activity",
        ["Team"] = FieldNames.AreaPath,
    };

    private static Answer ProcessConfiguration(ApiCall call)
    {
        var project = call.Project;
        return new Answer(new
        {
            portfolioBacklogs = PortfolioKinds.Where(kind => Types(call, kind).Count > 0).Select(kind => Category(call, kind)).ToList(),
            requirementBacklog = Category(call, "Story"),
            taskBacklog = Category(call, "Task"),
            bugWorkItems = Types(call, "Bug").Count > 0 ? Category(call, "Bug") : null,
            typeFields = TypeFields(project).ToDictionary(pair => pair.Key, pair => call.Links.FieldReference(pair.Value), StringComparer.Ordinal),
            url = $"{call.Links.In(project)}/work/processconfiguration",
        });
    }

    private static object Category(ApiCall call, string kind)
    {
        var types = Types(call, kind);
        return new { name = Title(kind), referenceName = $"Microsoft.{CategoryWord(kind)}Category", workItemTypes = types };
    }

    private static Answer BacklogConfiguration(ApiCall call)
    {
        var project = call.Project;
        return new Answer(new
        {
            taskBacklog = Level(call, "Task", "task", 1),
            requirementBacklog = Level(call, "Story", "requirement", 2),
            portfolioBacklogs = PortfolioKinds.Where(kind => Types(call, kind).Count > 0).Select(kind => Level(call, kind, "portfolio", kind == "Epic" ? 4 : 3)).ToList(),
            workItemTypeMappedStates = project.Types.Select(type => new
            {
                workItemTypeName = type.Name,
                states = type.States.ToDictionary(state => state.Name, state => state.Category, StringComparer.Ordinal),
            }).ToList(),
            backlogFields = new { typeFields = TypeFields(project) },
            bugsBehavior = "asRequirements",
            hiddenBacklogs = Array.Empty<string>(),
            isBugsBehaviorConfigured = true,
            url = $"{call.Links.In(project, call.Team)}/work/backlogconfiguration",
        });
    }

    private static object Level(ApiCall call, string kind, string type, int rank)
    {
        var types = Types(call, kind);
        string[] columns = kind == "Task" ? [FieldNames.Title, FieldNames.State, FieldNames.RemainingWork] : [FieldNames.WorkItemType, FieldNames.Title, FieldNames.State, call.Project.Process.PointsField];
        return new
        {
            id = $"Microsoft.{CategoryWord(kind)}Category",
            name = Title(kind),
            rank,
            workItemCountLimit = 1000,
            addPanelFields = new[] { call.Links.FieldReference(FieldNames.Title) },
            columnFields = columns.Select(field => new { columnFieldReference = call.Links.FieldReference(field), width = 100 }).ToList(),
            workItemTypes = types,
            defaultWorkItemType = types.FirstOrDefault(),
            color = "009CCC",
            isHidden = false,
            type,
        };
    }

    private static string CategoryWord(string kind) => kind == "Story" ? "Requirement" : kind;

    private static string Title(string kind) => kind == "Story" ? "Stories" : kind + "s";

    private static List<object> Types(ApiCall call, string kind) =>
    [
        .. call.Project.Types.Where(type => type.Category == $"Microsoft.{CategoryWord(kind)}Category")
            .Select(type => new { name = type.Name, url = $"{call.Links.In(call.Project)}/wit/workItemTypes/{Uri.EscapeDataString(type.Name)}" }),
    ];
}
