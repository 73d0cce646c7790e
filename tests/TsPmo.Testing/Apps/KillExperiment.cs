using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using TsPmo.Sandbox;

namespace TsPmo.Testing.Apps;

/// <summary>
/// Kills a first pass (SIGKILL of a process of its own) at moments drawn from a seed, looks what the kill left, lets the application go on,
/// and compares its exports with those of a pass nobody disturbed.
/// </summary>
public sealed class KillExperiment : IAsyncDisposable
{
    private static readonly string[] Kinds = ["work-items", "changes", "sprints", "milestones", "deployments", "people", "time-entries", "capacities", "links"];

    /// <summary>The tables that hold what was read from trackers.</summary>
    private static readonly string[] DataTables =
    [
        "Items", "Events", "Links", "TimeEntries", "States", "Types", "FieldRoles", "Accounts", "Sprints", "Milestones", "Deployments", "PipelineRuns", "Capacities",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly SandboxServer _sandbox;
    private readonly Func<string[], Task> _run;
    private readonly Dictionary<string, byte[]> _undisturbed = new(StringComparer.Ordinal);
    private long _allRows;
    private int _allPages;

    private KillExperiment(SandboxServer sandbox, Func<string[], Task> run) => (_sandbox, _run) = (sandbox, run);

    /// <summary>Starts the stand-ins and lets one pass run undisturbed.</summary>
    /// <param name="items">Size of the portfolio.</param>
    /// <param name="run">Runs a command line that nobody kills, in whatever process, and throws when it fails.</param>
    public static async Task<KillExperiment> PrepareAsync(int items, Func<string[], Task> run, CancellationToken cancellation)
    {
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = TimeProvider.System, Items = items, Seed = 5 }, cancellation);
        var experiment = new KillExperiment(sandbox, run);
        var pages = 0;
        var settings = experiment.Settings("undisturbed");
        using (var pass = TspmoProcess.Start(["sync", "--config", settings, "--verbose"], onErrorLine: line => pages += IsReceived(line) ? 1 : 0))
            await DoneAsync(pass, cancellation);
        foreach (var kind in Kinds)
            experiment._undisturbed[kind] = await experiment.ExportAsync(settings, kind, cancellation);
        (experiment._allRows, experiment._allPages) = (Rows(experiment.Store("undisturbed")), pages);
        return experiment;
    }

    /// <summary>One kill and what came after it.</summary>
    public async Task<KillOutcome> KillOnceAsync(ulong seed, CancellationToken cancellation)
    {
        var name = $"kill-{seed}";
        var settings = Settings(name);
        // Every other kill waits for the word that a page was received; the others come a drawn while after it, wherever that hits.
        var page = 2 + (int)(Draw(seed) % (ulong)Math.Max(1, _allPages - 3));
        var wait = seed % 2 == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Draw(seed + 1000) % 40);
        var received = 0;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var pass = TspmoProcess.Start(["sync", "--config", settings, "--verbose"], onErrorLine: Watch);
        await Task.WhenAny(reached.Task, pass.EndAsync(cancellation));
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, cancellation);
        pass.Kill();
        await pass.EndAsync(cancellation);

        var (rows, commits) = (Rows(Store(name)), Commits(Store(name)));
        await _run(["sync", "--config", settings]);
        var differing = new List<string>();
        foreach (var kind in Kinds)
        {
            if (!(await ExportAsync(settings, kind, cancellation)).AsSpan().SequenceEqual(_undisturbed[kind]))
                differing.Add(kind);
        }

        return new KillOutcome(seed, page, received, commits, rows, _allRows, Volatile.Read(ref received) > commits, differing);

        void Watch(string line)
        {
            if (IsReceived(line) && Interlocked.Increment(ref received) == page)
                reached.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static bool IsReceived(string line) => Regex.IsMatch(line, @"Received page \d+", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static ulong Draw(ulong seed)
    {
        var mixed = (seed + 1) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        return mixed ^ (mixed >> 31);
    }

    private string Store(string name) => _folder.File($"{name}.db");

    private string Settings(string name)
    {
        var file = _folder.File($"{name}.json");
        SandboxSettings.Write(SandboxSettings.Of(_sandbox, Store(name)), file);
        return file;
    }

    private async Task<byte[]> ExportAsync(string settings, string kind, CancellationToken cancellation)
    {
        var file = _folder.File("export");
        await _run(["export", kind, "--config", settings, "-o", file]);
        return await File.ReadAllBytesAsync(file, cancellation);
    }

    private static async Task DoneAsync(TspmoProcess process, CancellationToken cancellation)
    {
        var result = await process.EndAsync(cancellation);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"exit code {result.ExitCode}: {result.Output}{result.Errors}");
    }

    private static long Rows(string store) => Scalar(store, $"SELECT {string.Join(" + ", DataTables.Select(table => $"(SELECT COUNT(*) FROM {table})"))}");

    private static long Commits(string store) => Scalar(store, "SELECT COALESCE(SUM(Version), 0) FROM Cursors");

    private static long Scalar(string store, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={store}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}

/// <summary>What one kill left, and whether the application came to the same end all the same.</summary>
/// <param name="Page">The page after whose receipt it was killed.</param>
/// <param name="PagesReceived">Pages the process said it had received.</param>
/// <param name="PagesStored">Pages whose cursor was stored.</param>
/// <param name="Rows">Rows of what was read that the kill left stored.</param>
/// <param name="AllRows">The same after a whole pass.</param>
/// <param name="BetweenReceiptAndCommit">Whether a page had been received and not stored.</param>
/// <param name="DifferingExports">Kinds of which the export is not byte-equal to an undisturbed run's.</param>
public sealed record KillOutcome(ulong Seed, int Page, int PagesReceived, long PagesStored, long Rows, long AllRows, bool BetweenReceiptAndCommit, IReadOnlyList<string> DifferingExports)
{
    /// <summary>Whether some rows were stored and not all.</summary>
    public bool InTheMiddle => Rows > 0 && Rows < AllRows;
}
