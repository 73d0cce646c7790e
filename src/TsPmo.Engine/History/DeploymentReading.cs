using System.Text.RegularExpressions;
using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Calendar;
using TsPmo.Model.Delivery;
using TsPmo.Model.Governance;
using TsPmo.Model.Work;

namespace TsPmo.Engine.History;

/// <summary>
/// What counts as a deployment of one tracker project under one project's rules. Every environment and release record is a deployment; whether it reached production
/// is said by the rules. A run counts only where its pipeline is named and no record tells of it; a released version only where versions count and no record
/// reached production, since the kinds take precedence in that order and the same change must not count twice.
/// </summary>
internal sealed class DeploymentReading(DeploymentRules rules, WorkingCalendar calendar)
{
    public IEnumerable<Deployment> Read(IReadOnlyCollection<DeploymentRow> records, IReadOnlyCollection<PipelineRunRow> runs, IEnumerable<MilestoneRow> versions)
    {
        var byId = runs.ToDictionary(r => r.Id, StringComparer.Ordinal);
        var told = records.Select(r => Record(r, r.RunId is { } run ? byId.GetValueOrDefault(run) : null)).ToList();
        var recorded = records.Select(r => r.RunId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var ofRuns = runs.Where(r => !recorded.Contains(r.Id) && rules.Pipelines.Contains(r.Pipeline, StringComparer.OrdinalIgnoreCase)).Select(Run);
        var outranked = told.Any(d => d.IsProduction && d.Source < DeploymentSource.Version);
        var ofVersions = rules.Versions ? versions.Where(v => v.Released).Select(v => Version(v, outranked)) : [];
        return told.Concat(ofRuns).Concat(ofVersions);
    }

    private Deployment Record(DeploymentRow record, PipelineRunRow? run)
    {
        var (isProduction, reason) = Judge(record.Environment);
        return new Deployment
        {
            Id = new SourceId(record.Connector, record.Id),
            Project = record.Project,
            Environment = record.Environment,
            IsProduction = isProduction,
            Reason = reason,
            Pipeline = record.Pipeline,
            Source = record.Source,
            Result = record.Result,
            StartedAt = Instants.FromRow(record.StartedAt ?? run?.StartedAt),
            FinishedAt = Instants.FromRow(record.FinishedAt ?? (record.Result == DeploymentResult.Running ? null : run?.FinishedAt)),
            Revision = record.Revision ?? run?.Revision,
            Url = record.Url ?? run?.Url,
        };
    }

    private static Deployment Run(PipelineRunRow run) => new()
    {
        Id = new SourceId(run.Connector, $"pipeline/{run.Id}"),
        Project = run.Project,
        Environment = run.Pipeline,
        IsProduction = true,
        Reason = $"the pipeline \"{run.Pipeline}\" is named in Deployments.Pipelines and no environment or release record tells of this run",
        Pipeline = run.Pipeline,
        Source = DeploymentSource.Pipeline,
        Result = run.Result,
        StartedAt = Instants.FromRow(run.StartedAt),
        FinishedAt = Instants.FromRow(run.FinishedAt),
        Revision = run.Revision,
        Url = run.Url,
    };

    private Deployment Version(MilestoneRow version, bool outranked) => new()
    {
        Id = new SourceId(version.Connector, $"version/{version.Id}"),
        Project = version.Project,
        Environment = "release",
        IsProduction = !outranked,
        Reason = outranked
            ? "released versions give way to the deployment records of the same project"
            : "released versions count for this project (Deployments.Versions)",
        Pipeline = "",
        Source = DeploymentSource.Version,
        Result = DeploymentResult.Succeeded,
        FinishedAt = (version.ReleasedAt ?? version.Date) is { } day ? calendar.StartOf(day) : null,
        Revision = version.Name,
    };

    private (bool IsProduction, string Reason) Judge(string environment)
    {
        foreach (var pattern in rules.Production)
        {
            if (Matches(pattern, environment))
                return (true, $"the environment \"{environment}\" matches \"{pattern}\" in Deployments.Production");
        }

        return (false, $"the environment \"{environment}\" matches no pattern in Deployments.Production");
    }

    /// <summary>A pattern that takes too long on a name does not match it.</summary>
    private static bool Matches(Regex pattern, string environment)
    {
        try
        {
            return pattern.IsMatch(environment);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
