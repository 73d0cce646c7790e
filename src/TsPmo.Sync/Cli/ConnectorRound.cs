using TsPmo.Engine;
using TsPmo.Model.Contracts;
using TsPmo.Sync.Cli.Progress;
using TsPmo.Sync.Composition;
using TsPmo.Sync.Configuration;

namespace TsPmo.Sync.Cli;

/// <summary>Asks the configured trackers something, side by side and without a store.</summary>
internal static class ConnectorRound
{
    /// <summary>What came of each connector that was named (none named: of all); null when the configuration or a name is not valid, which has been said.</summary>
    public static async Task<IReadOnlyList<T>?> RunAsync<T>(
        VerbSession session, string[]? named, string title, Func<PmoSetup, ConnectorInstance, IProgress<ProgressNote>, Task<T>> ask)
    {
        if (session.Configuration() is not { } configuration || !session.AllKnown(configuration, new Chosen(Connectors: named)))
            return null;
        using var pmo = new ConfiguredPmo(new CurrentConfiguration(configuration), session.Catalog, session.Machine.Clock);
        var setup = pmo.Current;
        var chosen = setup.Connectors.Where(c => named is not { Length: > 0 } || named.Contains(c.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        return await new ProgressDisplay(session.Terminal, session.Machine.Clock).RunAsync(title, notes => Task.WhenAll(chosen.Select(c => ask(setup, c, notes))));
    }
}
