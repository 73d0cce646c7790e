using System.Text.Json.Nodes;
using TsPmo.Sandbox.AzureDevOps;
using TsPmo.Sandbox.Control;
using TsPmo.Sandbox.Portfolio;
using TsPmo.Testing.Apps;
using TsPmo.Testing.Truth;

namespace TsPmo.Sync.Tests.Truth;

/// <summary>One organisation to which everything bad happens, one thing after the other, with what the passes said and the exports held after each.</summary>
public sealed class TroubledOrganisation : IAsyncLifetime
{
    public const string Gone = "Claims";
    public const string Tracker = "azureDevOps";

    private readonly Dictionary<string, Trouble> _troubles = new(StringComparer.Ordinal);
    private TruthExperiment? _experiment;
    private ulong _seed = 100;

    /// <summary>An item that nothing hangs on; it is destroyed.</summary>
    public string Destroyed { get; private set; } = "";

    /// <summary>An item that gets a value that its field does not allow.</summary>
    public string Violated { get; private set; } = "";

    public Trouble this[string name] => _troubles[name];

    private TruthExperiment Experiment => _experiment ?? throw new InvalidOperationException("Nothing was prepared.");

    private AzureDevOpsStandIn StandIn => Experiment.Sandbox.AzureDevOps(Tracker);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var plan = new TruthPlan { Shape = PortfolioShape.Organisation, Items = 250, Rounds = 0, Acts = 0, Faults = 0 };
        _experiment = await TruthExperiment.PrepareAsync(plan, InProcess.Application, Cancellation);
        await _experiment.ReadAllAsync();
        await ExpireAsync();
        await DisappearAsync();
        await DestroyAsync();
        await ViolateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_experiment is not null)
            await _experiment.DisposeAsync();
    }

    /// <summary>The token ends when the items have been read and the links are next.</summary>
    private async Task ExpireAsync()
    {
        await HappenAsync();
        Experiment.Sandbox.AddFault(new(FaultAction.Unauthorized, Tracker, Path: "workitemlinks"));
        await SyncAsync("expired");
        Experiment.Sandbox.ClearFaults();
        await SyncAsync("renewed");
    }

    private async Task DisappearAsync()
    {
        StandIn.Switches = new() { GoneProjects = [Gone] };
        await HappenAsync();
        await SyncAsync("gone");
        await ReconcileAsync("swept");
        StandIn.Switches = new();
        await SyncAsync("back");
    }

    private async Task DestroyAsync()
    {
        var free = Items("back").First(i => (string?)i["type"] == "Epic" && i["labels"]!.AsArray().Count == 0 && !Links("back").Contains((string)i["id"]!));
        Destroyed = (string)free["id"]!;
        StandIn.DestroyItem(Experiment.Sandbox.Clock.GetUtcNow(), (string)People("back").First()["id"]!, Destroyed);
        await SyncAsync("unnoticed");
        await ReconcileAsync("destroyed");
    }

    private async Task ViolateAsync()
    {
        Violated = (string)Items("destroyed").First(i => (string?)i["sourceType"] == "User Story" && i["points"] is not null && !(bool)i["deleted"]!)["id"]!;
        await HappenAsync();
        StandIn.ImportValue(Experiment.Sandbox.Clock.GetUtcNow(), (string)People("destroyed").First()["id"]!, Violated, "Microsoft.VSTS.Scheduling.StoryPoints", "rather many");
        await SyncAsync("violated");
    }

    private Task<int> HappenAsync() => Experiment.Sandbox.RunRoundAsync(new RoundRequest(_seed++, Acts: 80, Minutes: 20), Cancellation);

    private async Task SyncAsync(string name)
    {
        Experiment.Sandbox.Requests.Clear();
        await KeepAsync(name, await InProcess.RunAsync(Experiment.Sandbox.Clock, "sync", "--config", Experiment.Settings, "--json"));
    }

    private async Task ReconcileAsync(string name) => await KeepAsync(name, await ((IApplication)InProcess.Application).ReconcileAsync(Experiment.Sandbox.Clock, Experiment.Settings));

    private async Task KeepAsync(string name, TspmoResult run)
    {
        var refusals = Experiment.Sandbox.Requests.Latest.Count(r => r.Status is 401 or 203);
        _troubles[name] = new Trouble(run, refusals, await Experiment.KeepAsync(name));
    }

    private IEnumerable<JsonObject> Items(string moment) => this[moment].Moment.Rows("work-items");

    private IEnumerable<JsonObject> People(string moment) => this[moment].Moment.Rows("people");

    private HashSet<string> Links(string moment) =>
        [.. this[moment].Moment.Rows("links").SelectMany(l => new[] { (string)l["fromId"]!, (string)l["toId"]! })];
}

/// <summary>What came of one trouble.</summary>
/// <param name="Run">What the pass said.</param>
/// <param name="Refusals">Requests of the pass that were refused for the token.</param>
/// <param name="Moment">What the exports and the truth held afterwards.</param>
public sealed record Trouble(TspmoResult Run, int Refusals, TruthMoment Moment)
{
    /// <summary>What the only connector of a pass says.</summary>
    public JsonObject Connector => JsonNode.Parse(Run.Output)!["connectors"]!.AsArray().Single()!.AsObject();

    /// <summary>Its errors.</summary>
    public IEnumerable<(string Code, string? Scope)> Errors => Connector["errors"]!.AsArray().Select(e => ((string)e!["code"]!, (string?)e["scope"]));

    /// <summary>The rows of an export that meet a condition, as text.</summary>
    public IReadOnlyList<string> Rows(string kind, Func<JsonObject, bool> condition) => [.. Moment.Rows(kind).Where(condition).Select(r => r.ToJsonString())];
}
