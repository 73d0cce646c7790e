using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Control;
using TsPmo.Sandbox.Hosting;
using TsPmo.Testing.Apps;

namespace TsPmo.Testing.Publishing;

/// <summary>
/// Kills processes that publish (SIGKILL) at moments drawn from a seed, while answers to writes that arrived get lost. Every run publishes another edition of the same reports, so that
/// every place is to be written; afterwards each must say the edition once.
/// </summary>
public sealed class PublishKillExperiment : IAsyncDisposable
{
    /// <summary>How many kills an experiment has room for: all happen on one day, and an item may be written so often on one.</summary>
    public const int Room = 21;

    private const int MostWrites = 100;
    private const double LostAnswers = 0.1;

    private static readonly Dictionary<string, string[]> Targets = new(StringComparer.Ordinal)
    {
        ["jiraCloud"] = ["Comment", "Fields", "Property", "RemoteLink"],
        ["jiraDc"] = ["Comment", "Fields", "Property", "RemoteLink"],
        ["azureDevOps"] = ["Comment", "Fields", "Hyperlink", "WikiPage"],
    };

    private readonly TemporaryFolder _folder = new();
    private readonly SandboxServer _sandbox;
    private readonly TrackerSnapshot _snapshot;
    private readonly Func<string[], Task<TspmoResult>> _run;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, string> _anchors = new(StringComparer.Ordinal);
    private PublishedPlaces _usual = PublishedPlaces.None;
    private PublishedPlaces _last = PublishedPlaces.None;
    private string _before = "";
    private int _edition;
    private int _publishedAt;

    private PublishKillExperiment(SandboxServer sandbox, Func<string[], Task<TspmoResult>> run, CancellationToken cancellation) =>
        (_sandbox, _snapshot, _run, _cancellation) = (sandbox, new(sandbox, cancellation), run, cancellation);

    /// <summary>How many places are written by a run that nobody disturbs.</summary>
    public static int Places => Targets.Values.Sum(t => t.Length);

    /// <summary>Starts the stand-ins and publishes two editions undisturbed: what they leave is what is usual.</summary>
    /// <param name="run">Runs a command line that nobody kills, in whatever process.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<PublishKillExperiment> PrepareAsync(Func<string[], Task<TspmoResult>> run, CancellationToken cancellation)
    {
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = TimeProvider.System, Items = 100, Seed = 5 }, cancellation);
        var experiment = new PublishKillExperiment(sandbox, run, cancellation);
        foreach (var tracker in Targets.Keys)
            experiment._anchors[tracker] = (await experiment._snapshot.ItemsAsync(tracker)).Order(StringComparer.Ordinal).First();
        experiment._before = await experiment._snapshot.HashAsync();
        await experiment.PublishUndisturbedAsync();
        var first = await experiment.LookAsync();
        await experiment.PublishUndisturbedAsync();
        experiment._last = await experiment.LookAsync();
        experiment._usual = experiment._last with { Revisions = experiment._last.Since(first) };
        return experiment;
    }

    /// <summary>One run killed, and what it left.</summary>
    /// <param name="seed">Draws the moment and which answers get lost.</param>
    /// <param name="settles">Whether a run that nobody disturbs publishes the same edition afterwards, so that it can be seen whether anything was lost.</param>
    public async Task<PublishKillOutcome> KillOnceAsync(int seed, bool settles)
    {
        NextEdition();
        var arrived = 0;
        var wasKilled = await RunKilledAsync(new Random(seed), () => Interlocked.Increment(ref arrived));
        var left = await LookAsync();
        var mistakes = Doubled(left).ToList();
        if (settles)
        {
            await DoneAsync(["publish", "--config", Settings]);
            var settled = await LookAsync();
            mistakes.AddRange(Doubled(settled).Concat(Lost(settled)));
            (_last, _publishedAt) = (settled, _edition);
        }

        return new(seed, wasKilled && arrived is > 0 && arrived < Places, arrived, left.Says(_edition), settles, mistakes);
    }

    /// <summary>Takes everything back; whether all trackers are as they were before the first edition.</summary>
    public async Task<bool> TakeBackAsync()
    {
        await DoneAsync(["retract", "--config", Settings]);
        return await _snapshot.HashAsync() == _before;
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private string Settings => _folder.File("appsettings.json");

    private async Task PublishUndisturbedAsync()
    {
        NextEdition();
        await DoneAsync(["publish", "--config", Settings]);
        _publishedAt = _edition;
    }

    private async Task<bool> RunKilledAsync(Random draw, Action arrive)
    {
        var (write, isAtOnce, wait) = (draw.Next(1, Places), draw.Next(2) == 0, TimeSpan.FromMilliseconds(draw.Next(40)));
        var arrived = 0;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var method in new[] { "POST", "PUT", "PATCH" })
            _sandbox.AddFault(new FaultRule(FaultAction.Cut, Method: method, Probability: LostAnswers, Seed: (ulong)draw.Next()));
        using var publishing = TspmoProcess.Start(["publish", "--config", Settings]);
        _sandbox.Observe(Watch);
        await Task.WhenAny(reached.Task, publishing.EndAsync(_cancellation));
        if (!isAtOnce)
            await Task.Delay(wait, _cancellation);
        var wasKilled = !publishing.HasExited || reached.Task.IsCompleted;
        if (!publishing.HasExited)
            publishing.Kill();
        await publishing.EndAsync(_cancellation);
        _sandbox.Observe(null);
        _sandbox.ClearFaults();
        return wasKilled;

        // The observer is told before the answer is sent: killed here, the writer never learns what became of its write.
        void Watch(SandboxExchange exchange)
        {
            if (!IsWrite(exchange))
                return;
            arrive();
            if (Interlocked.Increment(ref arrived) != write)
                return;
            if (isAtOnce)
                publishing.Kill();
            reached.TrySetResult();
        }
    }

    private static bool IsWrite(SandboxExchange exchange) =>
        exchange.Status is >= 200 and < 300 && exchange.Method is "POST" or "PUT" or "PATCH" && Regex.IsMatch(exchange.Path, @"/comments?\b|/properties/|/remotelink|/pages\b|/issue/[^/]+\?|/issue/[^/]+$|/workitems/\d+\?", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    private void NextEdition()
    {
        _edition++;
        var edition = string.Create(CultureInfo.InvariantCulture, $"edition-{_edition}");
        var settings = SandboxSettings.Of(_sandbox, _folder.File("tspmo.db"));
        settings["TsPmo"]!["Console"] = new JsonObject { ["PublicUrl"] = "https://pmo.example/" };
        settings["TsPmo"]!["Publishing"] = new JsonObject { ["AllowNotifications"] = true, ["WritesPerItemPerDay"] = MostWrites };
        settings["TsPmo"]!["Projects"] = new JsonObject(Targets.Select(t => KeyValuePair.Create(t.Key.ToUpperInvariant(), (JsonNode?)Project(t.Key, edition))));
        SandboxSettings.Write(settings, Settings);
        var reports = Directory.CreateDirectory(_folder.File("config/reports"));
        File.WriteAllText(Path.Combine(reports.FullName, "project.txt"), $"{{project.name}}\nEdition: {edition}\n");
    }

    private JsonObject Project(string tracker, string edition) => new()
    {
        ["Name"] = $"On {tracker}",
        ["Publish"] = new JsonObject(Targets[tracker].Select(target => KeyValuePair.Create(target.ToLowerInvariant(), (JsonNode?)Publication(tracker, target, edition)))),
    };

    private JsonObject Publication(string tracker, string target, string edition)
    {
        var publication = new JsonObject
        {
            ["Connector"] = tracker, ["Target"] = target, ["Anchor"] = target == "WikiPage" ? $"{_snapshot.WikiProject}:/PMO/Status" : _anchors[tracker],
        };
        if (target == "Fields")
            publication["Fields"] = new JsonObject { ["PMO Schedule Variance"] = $"as of {edition}" };
        return publication;
    }

    private async Task<PublishedPlaces> LookAsync()
    {
        var (texts, revisions) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var (tracker, anchor) in _anchors)
        {
            texts[$"{tracker} {anchor}"] = await _snapshot.ItemAsync(tracker, anchor);
            revisions[$"{tracker} {anchor}"] = await _snapshot.RevisionsAsync(tracker, anchor);
        }

        texts["wiki"] = await _snapshot.WikiAsync("azureDevOps");
        return new(texts.ToDictionary(t => t.Key, t => PublishedPlaces.Editions(t.Value), StringComparer.Ordinal), revisions);
    }

    /// <summary>What stands more often than it should, and what was changed more often than there were editions.</summary>
    private IEnumerable<string> Doubled(PublishedPlaces now)
    {
        foreach (var (place, editions) in now.Texts.Where(t => t.Value.Count > _usual.Texts[t.Key].Count))
            yield return $"edition {_edition}, {place}: {editions.Count} texts instead of {_usual.Texts[place].Count}";
        foreach (var (place, revisions) in now.Since(_last).Where(r => r.Value > (_edition - _publishedAt) * _usual.Revisions[r.Key]))
            yield return $"edition {_edition}, {place}: {revisions} revisions for {_edition - _publishedAt} editions of {_usual.Revisions[place]}";
    }

    /// <summary>What does not say the edition, or less often than it should.</summary>
    private IEnumerable<string> Lost(PublishedPlaces now) =>
        from text in now.Texts
        where text.Value.Count < _usual.Texts[text.Key].Count || text.Value.Any(e => e != _edition)
        select $"edition {_edition}, {text.Key}: says {string.Join(", ", text.Value)}";

    private async Task DoneAsync(string[] arguments)
    {
        var result = await _run(arguments);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"exit code {result.ExitCode} of {arguments[0]}, edition {_edition}: {result.Output}{result.Errors}");
    }
}

/// <summary>What stands in all places.</summary>
/// <param name="Texts">The editions that are named in each place, as often as they are.</param>
/// <param name="Revisions">How often each item was changed.</param>
internal sealed record PublishedPlaces(IReadOnlyDictionary<string, IReadOnlyList<int>> Texts, IReadOnlyDictionary<string, int> Revisions)
{
    public static PublishedPlaces None { get; } = new(new Dictionary<string, IReadOnlyList<int>>(), new Dictionary<string, int>());

    public static IReadOnlyList<int> Editions(string text) =>
        [.. Regex.Matches(text, @"edition-(?<number>\d+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)).Select(m => int.Parse(m.Groups["number"].Value, CultureInfo.InvariantCulture))];

    /// <summary>How often each item was changed since.</summary>
    public IReadOnlyDictionary<string, int> Since(PublishedPlaces before) => Revisions.ToDictionary(r => r.Key, r => r.Value - before.Revisions.GetValueOrDefault(r.Key), StringComparer.Ordinal);

    /// <summary>Share of the texts that say an edition, 0 to 1.</summary>
    public double Says(int edition) => (double)Texts.Values.Sum(t => t.Count(e => e == edition)) / Math.Max(1, Texts.Values.Sum(t => t.Count));
}

/// <summary>What one kill left, and whether all came right in the end.</summary>
/// <param name="Seed">What the moment was drawn from.</param>
/// <param name="InTheMiddle">Whether the process was killed when some of its writes had arrived and not all.</param>
/// <param name="Arrived">Writes that had arrived.</param>
/// <param name="Said">Share of the texts that the killed run had brought to the new edition, 0 to 1.</param>
/// <param name="Settled">Whether a run that nobody disturbed came after it.</param>
/// <param name="Mistakes">What stood twice or was lost, in words.</param>
public sealed record PublishKillOutcome(int Seed, bool InTheMiddle, int Arrived, double Said, bool Settled, IReadOnlyList<string> Mistakes);
