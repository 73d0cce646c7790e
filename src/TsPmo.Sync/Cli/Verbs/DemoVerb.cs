using System.CommandLine;
using System.Globalization;
using TsPmo.Model;
using TsPmo.Sandbox;
using TsPmo.Sync.Cli.Demo;
using TsPmo.Sync.Composition;
using TsPmo.Sync.Configuration;
using TsPmo.Sync.Configuration.Reading;
using TsPmo.Sync.Configuration.Sources;
using TsPmo.Sync.Web;

namespace TsPmo.Sync.Cli.Verbs;

/// <summary>The main job on stand-in trackers: read, measure, write back, show, serve.</summary>
internal sealed class DemoVerb : IVerb
{
    private const int FewestItems = 100;

    private readonly Option<int> _items = new("--items") { Description = "Roughly how many items the portfolio has", HelpName = "N", DefaultValueFactory = _ => 5000 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "The same seed and date give the same portfolio", HelpName = "S", DefaultValueFactory = _ => 1 };
    private readonly Option<DateOnly?> _today = new("--today") { Description = "The day the year of history ends, as yyyy-MM-dd; default: today", HelpName = "DATE", CustomParser = Day };
    private readonly Option<string?> _data = new("--data") { Description = "Folder of the store and the stand-ins' state; the same one again goes on from there", HelpName = "DIR" };
    private readonly Option<bool> _once = new("--once") { Description = "Ends after the table instead of serving the console" };

    public DemoVerb() => _items.Validators.Add(result =>
    {
        if (result.Errors.Any() || result.GetValueOrDefault<int>() >= FewestItems)
            return;
        result.AddError($"--items: write {FewestItems} or more; a portfolio of twelve projects needs them.");
    });

    public string Name => "demo";

    public string Description => "The main job on stand-in trackers with a seeded portfolio, then the console";

    public IEnumerable<Option> Options => [_items, _seed, _today, _data, _once];

    public async Task<int> RunAsync(VerbSession session, CancellationToken cancellation)
    {
        if (session.Typed.GetValue(_data) is { } named)
            return await RunInAsync(session, Path.GetFullPath(named, session.Machine.WorkingDirectory), cancellation);
        var folder = Directory.CreateTempSubdirectory("tspmo-demo-");
        try
        {
            return await RunInAsync(session, folder.FullName, cancellation);
        }
        finally
        {
            // The system clears its temporary folder where a file is still held.
            TryDelete(folder);
        }
    }

    private async Task<int> RunInAsync(VerbSession session, string folder, CancellationToken cancellation)
    {
        session.Terminal.Say($"Starting the stand-in trackers in {folder}");
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Clock = session.Machine.Clock, Items = session.Typed.GetValue(_items), Seed = session.Typed.GetValue(_seed), Today = session.Typed.GetValue(_today),
                DataDirectory = Path.Combine(folder, "sandbox"),
            },
            cancellation);
        if (Configuration(session, sandbox, folder) is not { } configuration)
            return ExitCode.Invalid;
        var (engine, problem) = await OpenEngine.OpenAsync(configuration, session.Catalog, sandbox.Clock, session.ConfigureLog, cancellation);
        if (engine is null)
            return session.Fail(problem ?? new("store-unusable", "The store cannot be opened.", "Check the folder given with --data."), ExitCode.StoreUnusable);
        DemoPass pass;
        await using (engine)
        {
            pass = await DemoPass.RunAsync(session, engine, cancellation);
            pass.Print(session.Terminal, sandbox.Today);
        }

        var code = pass.Succeeded ? ExitCode.Done : ExitCode.SomethingFailed;
        return session.Typed.GetValue(_once)
            ? code
            : await RunVerb.HostAsync(session, new WebHostParts(configuration, session.Catalog, sandbox.Clock, session.ConfigureHostLog, HasTimetable: false), cancellation);
    }

    private static LoadedConfiguration? Configuration(VerbSession session, SandboxServer sandbox, string folder)
    {
        var input = new ConfigurationInput
        {
            ApplicationDirectory = session.Machine.ApplicationDirectory, Embedded = DemoSettings.Of(sandbox, Path.Combine(folder, "tspmo.db")),
        };
        return session.Accept(ConfigurationResult.Load(input, session.Catalog));
    }

    private static DateOnly? Day(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        var (value, mistake) = PlainValue.Read(typeof(DateOnly), text, new SettingAttribute(""));
        if (mistake is not null)
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"--today: \"{text}\" {mistake.Wrong}; {mistake.Right}."));
        return value as DateOnly?;
    }

    private static void TryDelete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            folder.Refresh();
        }
    }
}
