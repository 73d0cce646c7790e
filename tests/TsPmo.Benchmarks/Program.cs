using TsPmo.Benchmarks;

// The long forms of what the test suite does small. Each command prints its summary and writes it under docs/measured.
var commands = new Dictionary<string, Func<CancellationToken, Task<Summary>>>(StringComparer.Ordinal)
{
    ["kills"] = Kills.RunAsync,
    ["truth"] = Truth.MixedAsync,
    ["truth-organisation"] = Truth.OrganisationAsync,
    ["scale"] = Scale.RunAsync,
    ["metrics"] = Metrics.RunAsync,
    ["as-of"] = AsOf.RunAsync,
    ["publish-year"] = PublishYear.RunAsync,
    ["publish-kills"] = PublishKills.RunAsync,
    ["publish-edits"] = PublishEdits.RunAsync,
};

if (args is not [var name] || !commands.TryGetValue(name, out var command))
{
    Console.Error.WriteLine($"usage: dotnet run -c Release --project tests/TsPmo.Benchmarks -- {string.Join('|', commands.Keys)}");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var summary = await command(stop.Token);
await summary.WriteAsync(name, stop.Token);
return summary.Passed ? 0 : 1;
