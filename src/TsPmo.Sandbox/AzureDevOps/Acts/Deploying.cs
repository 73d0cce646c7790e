using System.Globalization;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.AzureDevOps.Acts;

/// <summary>Turns a deployment into runs, environment records and classic release deployments, with the CI builds that led to it.</summary>
internal sealed class Deploying(AzureDevOpsOrganisation organisation, DeploymentSpec spec)
{
    private readonly DeliveryBook _book = organisation.Delivery;
    private readonly TeamProject _project = organisation.Project(spec.Project);

    public string Record()
    {
        foreach (var minutes in (int[])[95, 40])
            ContinuousIntegration(minutes);
        return spec.Source switch
        {
            "environment" => RecordEnvironment(),
            "release" => RecordRelease(),
            _ => throw new ArgumentException($"A deployment's source is environment or release, not \"{spec.Source}\"."),
        };
    }

    private IReadOnlyList<DeploymentAttempt> Earlier => spec.Attempts ?? [];

    private CompletedPullRequest Request => _book.PullRequest(_project, spec.Change ?? ChangeSpec.Of(spec.Revision, spec.FirstStartedAt, []));

    /// <summary>A build that deploys nothing, finished the given minutes before the deployment began.</summary>
    private PipelineRun ContinuousIntegration(int minutesBefore)
    {
        var finished = spec.StartedAt.AddMinutes(-minutesBefore);
        return Run(spec.Pipeline + "-ci", finished.AddMinutes(-8), finished, "succeeded");
    }

    private PipelineRun Run(string pipeline, DateTimeOffset started, DateTimeOffset? finished, string? result)
    {
        var run = new PipelineRun(_book.Runs.Count + 1, _book.Definition(_project, pipeline, isRelease: false), Request, started.AddSeconds(-11), started, finished, result);
        _book.Add(run);
        return run;
    }

    private string RecordEnvironment()
    {
        var started = Earlier.Count > 0 ? Earlier[0].StartedAt : spec.StartedAt;
        var environment = _book.Environment(_project, spec.Environment, started);
        var run = Run(spec.Pipeline, started, spec.FinishedAt, RunResult(spec.Result));
        var attempt = 0;
        foreach (var earlier in Earlier)
            AddRecord(environment, run, ++attempt, earlier.StartedAt, earlier.FinishedAt, RecordResult(earlier.Result));
        AddRecord(environment, run, ++attempt, spec.StartedAt, spec.FinishedAt, RecordResult(spec.Result));
        return string.Create(CultureInfo.InvariantCulture, $"environment/{environment.Id}/{run.Id}/{environment.Name}");
    }

    private void AddRecord(DeploymentEnvironment environment, PipelineRun run, int attempt, DateTimeOffset started, DateTimeOffset? finished, string? result) =>
        _book.Records.Add(new EnvironmentRecord(_book.Records.Count + 1, environment, run, environment.Name, attempt, started, finished, result));

    private string RecordRelease()
    {
        var artifact = ContinuousIntegration(minutesBefore: 20);
        var (release, stage) = (_book.NextRelease(), _book.NextReleaseEnvironment());
        var attempt = 0;
        foreach (var earlier in Earlier)
            AddDeployment(release, stage, artifact, ++attempt, earlier.StartedAt, earlier.FinishedAt, earlier.Result);
        AddDeployment(release, stage, artifact, ++attempt, spec.StartedAt, spec.FinishedAt, spec.Result);
        return string.Create(CultureInfo.InvariantCulture, $"release/{release}/{stage}");
    }

    private void AddDeployment(int release, int stage, PipelineRun artifact, int attempt, DateTimeOffset started, DateTimeOffset? finished, string result)
    {
        var (status, operation) = ReleaseResult(result);
        var definition = _book.Definition(_project, spec.Pipeline, isRelease: true);
        _book.Deployments.Add(new ReleaseDeployment(
            _book.Deployments.Count + 1, release, definition, stage, spec.Environment, artifact, attempt, started, finished, status, operation));
    }

    private static string? RunResult(string result) => result switch { "running" => null, "partial" => "partiallySucceeded", _ => result };

    private static string? RecordResult(string result) => result switch { "running" => null, "partial" => "succeededWithIssues", _ => result };

    private static (string Status, string Operation) ReleaseResult(string result) => result switch
    {
        "succeeded" => ("succeeded", "Approved"),
        "partial" => ("partiallySucceeded", "PhasePartiallySucceeded"),
        "failed" => ("failed", "PhaseFailed"),
        "canceled" => ("notDeployed", "Canceled"),
        "running" => ("inProgress", "PhaseInProgress"),
        _ => throw new ArgumentException($"\"{result}\" is no result of a deployment.", nameof(result)),
    };
}
