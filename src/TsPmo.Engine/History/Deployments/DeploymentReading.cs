using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Calendar;
using TsPmo.Model.Delivery;
using TsPmo.Model.Governance;
using TsPmo.Model.Work;
using static TsPmo.Engine.Storage.Facts.Instants;

namespace TsPmo.Engine.History.Deployments;

/// <summary>
/// What counts as a deployment of one project, judged over all its sources at once. Every environment, release and reported record is a deployment; whether it
/// reached production is said by the rules. A run counts only where its pipeline is named and no record tells of it; a released version only where versions count
/// and no record reached production: a version names no revision by which the two could be told to be the same change. <see cref="Precedence"/> decides the rest.
/// </summary>
internal sealed class DeploymentReading(DeploymentRules rules, WorkingCalendar calendar)
{
    private readonly ProductionRules _production = new(rules);

    /// <summary>The deployments, in no particular order.</summary>
    public IReadOnlyList<Deployment> Read(DeliveryRows rows)
    {
        var runs = rows.Runs.ToDictionary(r => new SourceId(r.Connector, r.Id));
        var told = rows.Records.Select(r => Record(r, RunOf(r) is { } run ? runs.GetValueOrDefault(run) : null)).ToList();
        var ofRuns = Untold(rows).Where(r => _production.Names(r.Pipeline)).Select(Run);
        var counted = Precedence.Apply([.. told, .. ofRuns]);
        var outranked = counted.Any(d => d.IsProduction && d.Source < DeploymentSource.Version);
        var ofVersions = rules.Versions ? rows.Versions.Where(v => v.Released).Select(v => Version(v, outranked)) : [];
        var builds = rows.Runs.Where(r => !string.IsNullOrEmpty(r.Revision)).ToLookup(r => r.Revision ?? "", StringComparer.OrdinalIgnoreCase);
        return [.. counted.Select(d => d with { Run = d.Run ?? BuildOf(d, builds) }), .. ofVersions];
    }

    /// <summary>What looks like deployments to production and counts as none, ordered by name.</summary>
    public IReadOnlyList<NearMiss> NearMisses(DeliveryRows rows)
    {
        var environments = rows.Records.Where(r => _production.Misses(r.Environment)).GroupBy(r => r.Environment, StringComparer.Ordinal)
            .Select(g => NearProduction.Miss(g.Key, Ends(g.Select(r => r.FinishedAt ?? r.StartedAt))));
        var pipelines = Untold(rows).Where(r => ProductionRules.LooksLikeDeploying(r.Pipeline) && !_production.Names(r.Pipeline))
            .GroupBy(r => r.Pipeline, StringComparer.Ordinal)
            .Select(g => new NearMiss($"pipeline \"{g.Key}\"", "it is not named in Deployments.Pipelines and no record tells what its runs deploy", Ends(g.Select(r => r.FinishedAt ?? r.StartedAt))));
        return [.. environments.Concat(pipelines).OrderBy(n => n.Name, StringComparer.Ordinal)];
    }

    private static IEnumerable<PipelineRunRow> Untold(DeliveryRows rows)
    {
        var recorded = rows.Records.Select(RunOf).OfType<SourceId>().ToHashSet();
        return rows.Runs.Where(r => !recorded.Contains(new SourceId(r.Connector, r.Id)));
    }

    private static IReadOnlyList<DateTimeOffset> Ends(IEnumerable<long?> milliseconds) => [.. milliseconds.OfType<long>().Order().Select(FromRow)];

    private static SourceId? RunOf(DeploymentRow record) => string.IsNullOrEmpty(record.RunId) ? null : new SourceId(record.Connector, record.RunId);

    private Deployment Record(DeploymentRow record, PipelineRunRow? run)
    {
        var (isProduction, reason) = _production.Judge(record.Environment);
        return new Deployment
        {
            Id = new SourceId(record.Connector, record.Id),
            Project = record.Project,
            Environment = record.Environment,
            IsProduction = isProduction,
            Reason = isProduction ? reason + ProductionRules.Consequence(record.Result) : reason,
            Pipeline = record.Pipeline,
            Source = record.Source,
            Result = record.Result,
            StartedAt = FromRow(record.StartedAt ?? run?.StartedAt),
            FinishedAt = FromRow(record.FinishedAt ?? (record.Result == DeploymentResult.Running ? null : run?.FinishedAt)),
            Revision = record.Revision ?? run?.Revision,
            Url = record.Url ?? run?.Url,
            Run = RunOf(record),
        };
    }

    /// <summary>The run that built what another system says it deployed: the last good one of the same revision. It tells what the deployment brought, not when it began.</summary>
    private static SourceId? BuildOf(Deployment deployment, ILookup<string, PipelineRunRow> builds) => deployment.Source != DeploymentSource.Reported ? null
        : builds[deployment.Revision ?? ""].Where(r => r.Result == DeploymentResult.Succeeded).OrderBy(r => r.FinishedAt).ThenBy(r => r.Id, StringComparer.Ordinal).LastOrDefault() is { } build
            ? new SourceId(build.Connector, build.Id)
            : null;

    private static Deployment Run(PipelineRunRow run) => new()
    {
        Id = new SourceId(run.Connector, $"pipeline/{run.Id}"),
        Project = run.Project,
        Environment = run.Pipeline,
        IsProduction = true,
        Reason = $"the pipeline \"{run.Pipeline}\" is named in Deployments.Pipelines and no environment or release record tells of this run"
            + ProductionRules.Consequence(run.Result),
        Pipeline = run.Pipeline,
        Source = DeploymentSource.Pipeline,
        Result = run.Result,
        StartedAt = FromRow(run.StartedAt),
        FinishedAt = FromRow(run.FinishedAt),
        Revision = run.Revision,
        Url = run.Url,
        Run = new SourceId(run.Connector, run.Id),
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
}
