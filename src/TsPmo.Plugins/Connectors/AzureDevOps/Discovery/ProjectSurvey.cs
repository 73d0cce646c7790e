using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.AzureDevOps.Normalising;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Discovery;

/// <summary>One project with what it works with. A part that cannot be seen leaves the others.</summary>
internal sealed class ProjectSurvey(AzureDevOpsClient client, DeploymentTargets targets, TeamProject project)
{
    private readonly List<Problem> _problems = [];

    public async Task<SurveyedProject> RunAsync(CancellationToken cancellationToken)
    {
        var teams = await LookAsync(async () => (await client.TeamsAsync(project.Id, cancellationToken)).Select(t => t.Text("name")).OfType<string>());
        var dated = await LookAsync(async () => (await IterationTree.ReadAsync(client, project.Name, cancellationToken)).Where(n => !n.IsRoot && n.First is not null && n.Last is not null));
        var environments = await LookAsync(() => targets.EnvironmentsAsync(project, cancellationToken));
        var stages = await LookAsync(() => targets.StagesAsync(project, cancellationToken));
        var facts = await LookAsync<Fact>(async () => CatalogueFacts.OfProject((await ProjectCatalogue.ReadAsync(client, project, cancellationToken)).Record.Body).Facts);
        var found = new DiscoveredProject(project.Name, project.Name, DeploymentTargets.Names(teams), DeploymentTargets.Names(environments.Concat(stages)), dated.Count > 0);
        return new(found, [.. facts.OfType<StateDefinition>()], [.. facts.OfType<FieldRole>()], _problems);
    }

    /// <summary>What a server does not have is not missed.</summary>
    private async Task<IReadOnlyList<T>> LookAsync<T>(Func<Task<IEnumerable<T>>> look)
    {
        try
        {
            return [.. await look()];
        }
        catch (TrackerException e)
        {
            if (e.Status != 404)
                _problems.Add(e.Problem with { Scope = e.Problem.Scope ?? project.Name });
            return [];
        }
    }
}

/// <summary>What was found of one project.</summary>
/// <param name="Found">The project.</param>
/// <param name="States">States of its types.</param>
/// <param name="Fields">Fields its process gives a role.</param>
/// <param name="Problems">What could not be seen.</param>
internal sealed record SurveyedProject(DiscoveredProject Found, IReadOnlyList<StateDefinition> States, IReadOnlyList<FieldRole> Fields, IReadOnlyList<Problem> Problems);
