using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors;
using TsPmo.Plugins.Connectors.AzureDevOps;
using TsPmo.Testing.Conformance;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>The connector as the catalogue makes it, pointed at an address, with what it was told so far.</summary>
internal sealed class Organisation
{
    private readonly Dictionary<string, string?> _cursors = new(StringComparer.Ordinal);
    private readonly AzureDevOpsOptions _options;

    public Organisation(string address, string token, params string[] projects)
        : this(address, token, null, projects)
    {
    }

    public Organisation(string address, string token, DateOnly? since, params string[] projects)
    {
        _options = new AzureDevOpsOptions
        {
            Type = "AzureDevOps",
            BaseUrl = new Uri(address),
            RequestsPerSecond = 1000,
            // Far beyond what the clock is let to run while repetitions are waited for.
            Timeout = TimeSpan.FromHours(2),
            HistorySince = since,
            Auth = new AuthOptions { Kind = "Basic", Secret = new Secret(token) },
        };
        Instance = Made([], projects);
    }

    /// <summary>Lets every run of some pipelines be a deployment by itself from now on.</summary>
    public void Name(params string[] pipelines) => Instance = Made(pipelines, Instance.Projects);

    public FakeClock Clock { get; } = new(new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.Zero));

    public ConnectorInstance Instance { get; private set; }

    /// <summary>Requests so far.</summary>
    public long Requests => ((ITraffic)Instance.Connector).Total.Requests;

    /// <summary>Where the next reading of a stream begins.</summary>
    public string? Cursor(string stream) => _cursors.GetValueOrDefault(stream);

    /// <summary>Lets the next reading of a stream begin after an earlier page, as after an interruption.</summary>
    public void GoBack(string stream, string cursor) => _cursors[stream] = cursor;

    /// <summary>Reads what is new in a stream since the last reading.</summary>
    public async Task<Reading> ReadAsync(string stream, ReadDepth depth = ReadDepth.Changes)
    {
        var reading = await Reading.OfAsync(Instance, stream, _cursors.GetValueOrDefault(stream), TestContext.Current.CancellationToken, depth);
        if (reading.Pages.Count > 0)
            _cursors[stream] = reading.Pages[^1].Cursor;
        return reading;
    }

    /// <summary>Facts of one kind that are new in a stream.</summary>
    public async Task<IReadOnlyList<T>> NewAsync<T>(string stream, ReadDepth depth = ReadDepth.Changes)
        where T : Fact
    {
        var reading = await ReadAsync(stream, depth);
        reading.Failure.ShouldBeNull();
        reading.Notices.ShouldBeEmpty();
        return [.. reading.Records.SelectMany(r => Instance.Normaliser.Normalise(r).Facts).OfType<T>()];
    }

    /// <summary>Reads further projects from now on.</summary>
    public void Bind(params string[] projects) => Instance = Instance with { Projects = projects };

    private ConnectorInstance Made(IReadOnlyList<string> pipelines, IEnumerable<string> projects) =>
        PluginCatalog.Scan().Create(new ConnectorSetup("ado", _options, Clock) { Pipelines = pipelines }, projects);

    public IPublisher Publisher(string target) => Instance.Publishers[target];

    /// <summary>A report with a variance and a light.</summary>
    public static StatusReport Report(string variance, string light = "Amber") => new()
    {
        Project = "PAY",
        Title = "Payments",
        Lines = [new("Schedule variance", variance), new("Overall", light)],
        Figures = new Dictionary<string, string>(StringComparer.Ordinal) { ["schedule.svt"] = variance, ["rag.overall"] = light },
        AsOf = new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.Zero),
        ContentHash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(variance + light))),
    };
}
