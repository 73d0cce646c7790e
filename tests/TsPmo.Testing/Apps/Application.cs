namespace TsPmo.Testing.Apps;

/// <summary>The application as an experiment runs it, in whatever process.</summary>
public interface IApplication
{
    /// <summary>Runs a command line.</summary>
    Task<TspmoResult> RunAsync(TimeProvider clock, params string[] arguments);

    /// <summary>Does what the nightly job does: reads what is new, reads again what no delta shows, and sweeps. The exit code is that of a pass.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="settings">Path of the configuration.</param>
    Task<TspmoResult> ReconcileAsync(TimeProvider clock, string settings);
}
