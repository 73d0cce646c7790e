using TsPmo.Engine.History.Deployments;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Storage.Facts;
using TsPmo.Model.Governance;
using TsPmo.Model.Quality;
using TsPmo.Model.Work;

namespace TsPmo.Engine.History;

/// <summary>Reads the satisfaction surveys that were reported of a project.</summary>
internal sealed class StoredSurveys(PmoStore store)
{
    /// <summary>All of them, ordered by instant, then id.</summary>
    public async Task<IReadOnlyList<SurveyResponse>> OfAsync(ProjectDefinition project, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var rows = await NamedRows.ReadAsync(context.SurveyResponses, r => r.Project, [.. ReportedRows.ProjectsOf(project)], cancellationToken);
        return [.. rows.Select(r => new SurveyResponse(new SourceId(ReportedRows.Connector, r.Id), Instants.FromRow(r.At), r.Score, r.Survey)).OrderBy(r => r.At).ThenBy(r => r.Id)];
    }
}
