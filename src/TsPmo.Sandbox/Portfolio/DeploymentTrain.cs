using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>The way of builds through the environments: often to dev, weekly to production, with failures and second attempts.</summary>
internal sealed class DeploymentTrain(Stage stage, string source)
{
    private static readonly (string Environment, double Continues)[] Path = [("dev", 0.65), ("test", 0.6), ("staging", 0.7), ("prod", 0)];

    public void Begin()
    {
        for (var day = stage.FirstSprint; day <= stage.LastDay; day = day.AddDays(1))
        {
            if (!WorkCalendar.IsWorkday(day)) continue;
            for (var builds = stage.Random.Pick<int>((0, 0.35), (1, 0.45), (2, 0.2)); builds > 0; builds--)
                stage.Director.At(stage.Calendar.During(day, stage.Random), () => Deploy(0, Revision(stage.Random)));
        }
    }

    public static string Revision(RandomSequence random) => string.Concat(Enumerable.Range(0, 40).Select(_ => "0123456789abcdef"[random.Between(0, 16)]));

    public static DeploymentSpec Draw(RandomSequence random, string project, string environment, string source, string revision, DateTimeOffset start)
    {
        var attempts = new List<DeploymentAttempt>();
        while (attempts.Count < 2 && random.Chance(0.05))
        {
            var failed = start.AddSeconds(random.Between(40, 900));
            attempts.Add(new DeploymentAttempt("failed", start, failed));
            start = failed.AddSeconds(random.Between(120, 1800));
        }

        var result = random.Pick<string>(("succeeded", 0.88), ("failed", 0.08), ("canceled", 0.03), ("partial", 0.01));
        var pipeline = $"{project.ToLowerInvariant()}-{(source == "release" ? "release" : "delivery")}";
        return new DeploymentSpec(project, environment, pipeline, source, result, start, start.AddSeconds(random.Between(60, 1500)), revision, attempts.Count == 0 ? null : attempts);
    }

    private void Deploy(int step, string revision)
    {
        var (environment, continues) = Path[step];
        var name = environment == "prod" && stage.Setup.Project == "CRM" ? "Production" : environment;
        var deployment = Draw(stage.Random, stage.Setup.Project, name, source, revision, stage.Director.Now);
        if (deployment.FinishedAt is not { } finished) return;
        stage.Director.At(finished, () => stage.Tracker.AddDeployment(deployment));
        if (deployment.Result != "succeeded" || step + 1 == Path.Length || !stage.Random.Chance(continues)) return;
        stage.Director.At(stage.Calendar.AfterWork(finished, stage.Random.Between(0.05, 1.2)), () => Deploy(step + 1, revision));
    }
}
