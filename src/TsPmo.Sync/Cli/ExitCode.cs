namespace TsPmo.Sync.Cli;

/// <summary>What the process says to the script that started it.</summary>
internal static class ExitCode
{
    /// <summary>All done.</summary>
    public const int Done = 0;

    /// <summary>Finished, but something failed.</summary>
    public const int SomethingFailed = 1;

    /// <summary>The configuration or the command line is wrong; nothing was contacted.</summary>
    public const int Invalid = 2;

    /// <summary>The store cannot be used.</summary>
    public const int StoreUnusable = 3;

    /// <summary>Interrupted; what was stored stays.</summary>
    public const int Interrupted = 130;
}
