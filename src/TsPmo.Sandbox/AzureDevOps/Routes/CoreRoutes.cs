using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>Who am I, projects, processes, teams.</summary>
internal static class CoreRoutes
{
    private static readonly (int, string)[] ProjectStates = [(-1, "all"), (0, "new"), (1, "wellFormed"), (2, "deleting"), (3, "createPending"), (4, "unchanged"), (5, "deleted")];

    public static void Map(RouteTable routes)
    {
        routes.Organisation(HttpMethods.Get, "connectionData", ConnectionData, versioned: false);
        routes.Organisation(HttpMethods.Get, "resourceAreas/{areaId?}", ResourceAreas, versioned: false);
        routes.Organisation(HttpMethods.Get, "projects", Projects);
        routes.Organisation(HttpMethods.Get, "projects/{project}", Project);
        routes.Organisation(HttpMethods.Get, "projects/{project}/properties", Properties, preview: true);
        routes.Organisation(HttpMethods.Get, "projects/{project}/teams", call => Teams(call, [call.Project]));
        routes.Organisation(HttpMethods.Get, "projects/{project}/teams/{team}", call => new Answer(Team(call, call.Project, call.Team)));
        routes.Organisation(HttpMethods.Get, "projects/{project}/teams/{team}/members", Members);
        routes.Organisation(HttpMethods.Get, "teams", call => Teams(call, [.. call.Organisation.SeenProjects]));
        routes.Organisation(HttpMethods.Get, "permissions/{namespace}/{permissions}", Permissions);
        routes.Organisation(HttpMethods.Get, "process/processes", call => Answer.List([.. ProcessTemplate.Known.Select(process => Process(call, process))]));
        routes.Organisation(HttpMethods.Get, "process/processes/{processId}", OneProcess);
    }

    /// <summary>The caller may do everything but, where the organisation says so, suppress mails: the permission 2097152 of projects.</summary>
    private static Answer Permissions(ApiCall call) =>
        Answer.List([.. call.List("tokens").Select(_ => (object)(call.Route("permissions") != "2097152" || call.Organisation.Switches.MaySuppressNotifications))]);

    private static Answer ConnectionData(ApiCall call)
    {
        var caller = Caller(call.Caller);
        return new Answer(new
        {
            authenticatedUser = caller,
            authorizedUser = caller,
            instanceId = StableGuid.Of("organisation", "demo"),
            deploymentId = StableGuid.Of("deployment", "demo"),
            deploymentType = call.Dialect.DeploymentType,
            locationServiceData = new
            {
                serviceOwner = "00025394-6065-48ca-87d9-7f5672854ef7",
                defaultAccessMappingMoniker = "PublicAccessMapping",
                lastChangeId = 1,
                lastChangeId64 = 1,
            },
        });
    }

    private static Dictionary<string, object?> Caller(Identity caller) => new(StringComparer.Ordinal)
    {
        ["id"] = caller.Id,
        ["descriptor"] = "Microsoft.IdentityModel.Claims.ClaimsIdentity;" + caller.UniqueName,
        ["subjectDescriptor"] = caller.Descriptor,
        ["providerDisplayName"] = caller.DisplayName,
        ["uniqueName"] = caller.UniqueName,
        ["isActive"] = true,
        ["properties"] = new { Account = new Dictionary<string, string>(StringComparer.Ordinal) { ["$type"] = "System.String", ["$value"] = caller.UniqueName } },
        ["resourceVersion"] = 2,
        ["metaTypeId"] = 0,
    };

    /// <summary>As on premises: no areas, so every resource is under the one base address.</summary>
    private static Answer ResourceAreas(ApiCall call) => new(new Dictionary<string, object?>(StringComparer.Ordinal) { ["count"] = 0, ["value"] = null });

    private static Answer Projects(ApiCall call)
    {
        var state = call.Choice("stateFilter", ProjectStates) ?? "wellFormed";
        var projects = state is "all" or "wellFormed" ? call.Organisation.SeenProjects.ToList() : [];
        var offset = call.Number("continuationToken", call.Number("$skip", 0));
        return Answer.Page(projects, offset, call.Number("$top", 100), call.Links.ProjectReference);
    }

    private static Answer Project(ApiCall call)
    {
        var project = call.Project;
        return new Answer(new
        {
            id = project.Id,
            name = project.Name,
            description = project.Description,
            url = call.Links.Project(project),
            state = "wellFormed",
            revision = 11,
            visibility = "private",
            lastUpdateTime = "2024-01-02T03:04:05.67Z",
            capabilities = call.Flag("includeCapabilities") ? Capabilities(project) : null,
            defaultTeam = new { id = project.DefaultTeam.Id, name = project.DefaultTeam.Name, url = call.Links.Team(project, project.DefaultTeam) },
            _links = new { self = new { href = call.Links.Project(project) } },
        });
    }

    private static object Capabilities(TeamProject project) => new
    {
        processTemplate = new { templateName = project.Process.Name, templateTypeId = project.Process.Id.ToString() },
        versioncontrol = new { sourceControlType = "Git", gitEnabled = "True", tfvcEnabled = "False" },
    };

    private static Answer Properties(ApiCall call)
    {
        (string Name, string Value)[] properties =
        [
            ("System.CurrentProcessTemplateId", call.Project.Process.Id.ToString()), ("System.ProcessTemplateType", call.Project.Process.Id.ToString()),
            ("System.Process Template", call.Project.Process.Name), ("System.SourceControlGitEnabled", "True"),
        ];
        var keys = call.List("keys");
        return Answer.List([.. properties.Where(property => keys.Count == 0 || keys.Any(key => Matches(property.Name, key))).Select(property => new { name = property.Name, value = property.Value })]);
    }

    private static bool Matches(string name, string key) => key.EndsWith('*')
        ? name.StartsWith(key[..^1], StringComparison.OrdinalIgnoreCase)
        : name.Equals(key, StringComparison.OrdinalIgnoreCase);

    private static Answer Teams(ApiCall call, IReadOnlyList<TeamProject> projects)
    {
        var teams = projects.SelectMany(project => project.Teams.Select(team => (project, team))).ToList();
        return Answer.List([.. teams.Skip(call.Number("$skip", 0)).Take(call.Number("$top", 100)).Select(pair => Team(call, pair.project, pair.team))]);
    }

    private static object Team(ApiCall call, TeamProject project, Team team) => new
    {
        id = team.Id,
        name = team.Name,
        url = call.Links.Team(project, team),
        description = string.Empty,
        identityUrl = $"{call.Links.Base}/_apis/Identities/{team.Id}",
        projectName = project.Name,
        projectId = project.Id,
    };

    private static Answer Members(ApiCall call) => Answer.List(
        [.. call.Team.Members.Values.Skip(call.Number("$skip", 0)).Take(call.Number("$top", 100)).Select(member => new { identity = call.Links.Identity(member) })]);

    private static object Process(ApiCall call, ProcessTemplate process) => new
    {
        id = process.Id,
        name = process.Name,
        description = string.Empty,
        isDefault = process.Name == "Agile",
        type = "system",
        url = $"{call.Links.Base}/_apis/process/processes/{process.Id}",
    };

    private static Answer OneProcess(ApiCall call) =>
        ProcessTemplate.Known.FirstOrDefault(process => process.Id.ToString().Equals(call.Route("processId"), StringComparison.OrdinalIgnoreCase)) is { } found
            ? new Answer(Process(call, found))
            : throw Refusal.NotFound("The process does not exist.", "ProcessNotFoundByTypeIdException");
}
