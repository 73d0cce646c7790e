using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using TsPmo.Testing;
using TsPmo.Testing.Apps;
using TsPmo.Testing.Scale;

namespace TsPmo.Benchmarks;

/// <summary>A first pass over a Jira of 200,000 issues with 2,000,000 changes, or an Azure DevOps of as many, run as its users run it: memory, requests, time.</summary>
internal static class Scale
{
    private const long MostMemory = 350_000_000;
    private const double MostSurplus = 1.05;

    private const long Megabyte = 1_000_000;

    private static readonly int Issues = Setting.Number("SCALE_ISSUES", 200_000);

    public static async Task<Summary> RunAsync(CancellationToken cancellation)
    {
        var edition = Environment.GetEnvironmentVariable("SCALE_EDITION");
        var subject = edition == "AzureDevOps" ? ScaleSubject.Of(new AzureSite(Issues)) : ScaleSubject.Of(new ScaleSite(Issues, IsCloud: edition != "DataCenter"));
        using var folder = new TemporaryFolder();
        await using var server = await subject.StartAsync();
        var settings = folder.File("appsettings.json");
        SandboxSettings.Write(subject.Settings(server, folder.File("tspmo.db")), settings);
        var passes = new List<Pass>();
        foreach (var (name, arguments) in ((string, string[])[])[("first", []), ("unchanged", []), ("everything again, with a sweep", ["--full"])])
        {
            passes.Add(await PassAsync(name, ["sync", "--config", settings, "--json", .. arguments], server, cancellation));
            Console.Error.WriteLine(passes[^1]);
        }

        var first = passes[0];
        var passed = first.Changes >= subject.Changes && !(first.Requests > MostSurplus * subject.Least) && !(passes[1].Requests > subject.MostUnchanged)
            && passes.All(p => p.ExitCode == 0 && p.Usage.Memory < MostMemory);
        return new Summary(subject.Title, passed, Body(subject, passes, new FileInfo(folder.File("tspmo.db")).Length)) { Setting = edition is null ? null : ("SCALE_EDITION", edition) };
    }

    private static async Task<Pass> PassAsync(string name, string[] arguments, ScaleServer server, CancellationToken cancellation)
    {
        server.ClearRequests();
        var watch = Stopwatch.StartNew();
        using var process = TspmoProcess.Start(arguments);
        var usage = Usage.OfAsync(process, cancellation);
        var run = await process.EndAsync(cancellation);
        if (run.ExitCode != 0)
            Console.Error.WriteLine(run.Errors);
        var report = JsonNode.Parse(run.Output)?["connectors"]?[0];
        return new Pass(
            name, run.ExitCode, watch.Elapsed, await usage, (long?)report?["requests"] ?? 0, (long?)report?["itemsRead"] ?? 0, (long?)report?["changesStored"] ?? 0,
            (long?)report?["bytesReceived"] ?? 0, server.Requests);
    }

    private static string Body(ScaleSubject subject, List<Pass> passes, long bytes)
    {
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"`tspmo sync` as a process of its own against a computed {subject.Holds}, which shares the machine with it.")
            .AppendLine(subject.Least is { } least
                ? string.Create(CultureInfo.InvariantCulture, $"The fewest requests by the page caps ({subject.Caps}): {least}. The first pass needed {passes[0].Requests}, {100.0 * (passes[0].Requests - least) / least:0.0} % more.")
                : $"No least number of requests follows from caps: {subject.Caps}.")
            .AppendLine(CultureInfo.InvariantCulture, $"The store takes {bytes / Megabyte} MB afterwards.")
            .AppendLine()
            .AppendLine("| pass | peak resident MB | requests | items read | changes stored | seconds | seconds of a core | changes/s | MB received |")
            .AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var p in passes)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {p.Name} | {p.Usage.Memory / Megabyte} | {p.Requests} | {p.Items} | {p.Changes} | {p.Time.TotalSeconds:0} | {p.Usage.Processor.TotalSeconds:0} | {p.Changes / p.Time.TotalSeconds:0} | {p.Bytes / Megabyte} |");
        text.AppendLine().AppendLine("Requests by path:").AppendLine();
        foreach (var p in passes)
            text.AppendLine(CultureInfo.InvariantCulture, $"- {p.Name}: {string.Join(", ", p.Paths.Select(r => $"{r.Key} {r.Value}"))}");
        return text.ToString();
    }

    private sealed record Pass(string Name, int ExitCode, TimeSpan Time, Usage Usage, long Requests, long Items, long Changes, long Bytes, IReadOnlyDictionary<string, int> Paths);
}
