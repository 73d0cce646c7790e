using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TsPmo.Engine;
using TsPmo.Engine.Pipeline.Publish;
using TsPmo.Engine.Sqlite;
using TsPmo.Engine.Storage;
using TsPmo.Model.Calendar;
using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;
using TsPmo.Model.Publishing.Templates;
using TsPmo.Sandbox;
using TsPmo.Testing.Apps;

namespace TsPmo.Testing.Publishing;

/// <summary>Projects whose figures are scripted, the three stand-ins, a real store, and engines that write the status of the projects there, one or several side by side.</summary>
public sealed class PublishingStage : IAsyncDisposable
{
    private static readonly string[] Trackers = ["jiraCloud", "jiraDc", "azureDevOps"];

    private readonly TemporaryFolder _folder = new();
    private readonly List<ServiceProvider> _nodes = [];
    private readonly List<ConnectorInstance> _connectors;

    private PublishingStage(SandboxServer server)
    {
        Server = server;
        _connectors = [.. Trackers.Select(t => SandboxConnector.Connect(server, t))];
    }

    public static WorkingCalendar Calendar { get; } = new(
        TimeZoneInfo.Utc, [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], []);

    public SandboxServer Server { get; }

    public ScriptedFigures Figures { get; } = new();

    public IReadOnlyList<ProjectDefinition> Projects { get; private set; } = [];

    /// <summary>Starts the stand-ins with as many projects as are wanted, each with all quiet targets of one tracker.</summary>
    public static async Task<PublishingStage> StartAsync(int projects, CancellationToken cancellation)
    {
        var server = await SandboxServer.StartAsync(new SandboxOptions { Clock = TimeProvider.System, Items = Math.Max(200, projects * 12), Seed = 11 }, cancellation);
        var stage = new PublishingStage(server);
        await stage.PlanAsync(projects, cancellation);
        return stage;
    }

    /// <summary>Opens an engine over the common store.</summary>
    public async Task<IServiceProvider> OpenNodeAsync(CancellationToken cancellation)
    {
        var pmo = new PmoDefinition
        {
            Calendar = Calendar,
            Projects = Projects.ToDictionary(p => p.Key, StringComparer.Ordinal),
            ConsoleAddress = new Uri("https://pmo.example/"),
            Publishing = new() { Templates = Templates() },
        };
        var setup = new PmoSetup(pmo, _connectors, new MetricSet([Figures], []));
        var services = new ServiceCollection();
        services.AddSingleton(Server.Clock);
        services.AddEngine(_ => new FixedPmo(setup));
        services.AddSqliteStore($"Data Source={_folder.File("tspmo.db")};Pooling=False");
        var node = services.BuildServiceProvider();
        _nodes.Add(node);
        if (await node.GetRequiredService<IStore>().OpenAsync(cancellation) is { } problem)
            throw new InvalidOperationException(problem.Message);
        return node;
    }

    /// <summary>Publishes all projects once.</summary>
    public static Task<PublishReport> PublishAsync(IServiceProvider node, CancellationToken cancellation) =>
        node.GetRequiredService<PublishPass>().RunAsync(new PublishRequest(), null, cancellation);

    /// <summary>Takes everything back.</summary>
    public static Task<PublishReport> RetractAsync(IServiceProvider node, CancellationToken cancellation) =>
        node.GetRequiredService<RetractPass>().RunAsync(new PublishRequest(), null, cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    private static ReportTemplates Templates()
    {
        var text = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot(), "config", "reports", "project.txt"));
        return new(new Dictionary<string, ReportTemplate> { [ReportTemplates.Project] = ReportTemplate.Parse("project", text, []) });
    }

    private async Task PlanAsync(int count, CancellationToken cancellation)
    {
        var snapshot = new TrackerSnapshot(Server, cancellation);
        var anchors = new Dictionary<string, Queue<string>>(StringComparer.Ordinal);
        foreach (var tracker in Trackers)
            anchors[tracker] = new((await snapshot.ItemsAsync(tracker)).Order(StringComparer.Ordinal));
        Projects = [.. Enumerable.Range(0, count).Select(i => Project(i, Trackers[i % Trackers.Length], anchors[Trackers[i % Trackers.Length]].Dequeue(), snapshot.WikiProject))];
        foreach (var project in Projects)
            Figures.Today[project.Key] = new(0, new DateOnly(2026, 12, 1), Band.Green, 2);
    }

    private static ProjectDefinition Project(int index, string tracker, string anchor, string wiki)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"P{index:00}");
        PublicationDefinition On(string target, string place) => new() { Name = target.ToLowerInvariant(), Connector = tracker, Target = target, Anchor = place };
        var fields = On("Fields", anchor) with
        {
            Fields = new Dictionary<string, string>
            {
                ["PMO Status"] = "{rag.overall:words Green|Amber|Red|Amber}",
                ["PMO Schedule Variance"] = "{schedule.svt}; 85 % by {schedule.finish.p85}",
            },
        };
        return new()
        {
            Key = key,
            Name = $"Project {index}",
            Publications = tracker switch
            {
                "jiraCloud" => [On("Comment", anchor), On("Property", anchor), On("RemoteLink", anchor), fields],
                "jiraDc" => [On("Property", anchor), On("RemoteLink", anchor), fields],
                _ => [On("Hyperlink", anchor), On("WikiPage", $"{wiki}:/PMO/{key}"), fields],
            },
        };
    }
}
