using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Probing;

/// <summary>One cheap read of each thing that has a permission of its own.</summary>
/// <param name="What">What is read, in an administrator's words.</param>
/// <param name="Scope">The scope that a token needs for it.</param>
/// <param name="Ask">The read.</param>
internal sealed record ProjectRead(string What, string Scope, Func<AzureDevOpsClient, TeamProject, CancellationToken, Task> Ask)
{
    private const string Top = "$top";

    /// <summary>Everything that is read of a project besides its items.</summary>
    /// <param name="targets">Tells what can be deployed to.</param>
    /// <param name="names">Takes the names of it.</param>
    public static IReadOnlyList<ProjectRead> All(DeploymentTargets targets, List<string> names) =>
    [
        new("teams", "Project and Team (read)", (client, project, cancellation) =>
            client.GetAsync("projects/teams", $"_apis/projects/{project.Id}/teams", cancellation, (Top, "1"))),
        new("iterations", "Work Items (read)", (client, project, cancellation) =>
            client.GetAsync("wit/classificationnodes", $"{project.Segment}/_apis/wit/classificationnodes/iterations", cancellation, ("$depth", "1"))),
        new("builds", "Build (read)", (client, project, cancellation) =>
            client.GetAsync("build/builds", $"{project.Segment}/_apis/build/builds", cancellation, (Top, "1"))),
        new("environments", "Environment (read & manage)", async (_, project, cancellation) => names.AddRange(await targets.EnvironmentsAsync(project, cancellation))),
        new("classic releases", "Release (read)", async (_, project, cancellation) => names.AddRange(await targets.StagesAsync(project, cancellation))),
        new("pull requests", "Code (read)", (client, project, cancellation) =>
            client.GetAsync("git/pullrequests", $"{project.Segment}/_apis/git/pullrequests", cancellation, (Top, "1"))),
        new("test results", "Test (read)", (client, project, cancellation) =>
            client.GetAsync("test/runs", $"{project.Segment}/_apis/test/runs", cancellation, (Top, "1"))),
    ];

    /// <summary>Ids of at most one item of the project; an account that may not see areas gets none, and no refusal.</summary>
    public static Task<ApiAnswer> AnyItemAsync(AzureDevOpsClient client, TeamProject project, CancellationToken cancellationToken)
    {
        var query = Composed.Object(json => json.WriteString("query", $"SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = '{project.Name.Replace("'", "''", StringComparison.Ordinal)}'"));
        return client.AskAsync("wit/wiql", $"{project.Segment}/_apis/wit/wiql", query, cancellationToken, (Top, "1"));
    }
}
