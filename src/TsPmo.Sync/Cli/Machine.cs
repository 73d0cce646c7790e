namespace TsPmo.Sync.Cli;

/// <summary>What the application finds around itself: clock, folders, streams. Named in Program.cs, replaced in tests.</summary>
internal sealed record Machine
{
    /// <summary>The clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Folder of the application.</summary>
    public required string ApplicationDirectory { get; init; }

    /// <summary>Folder that paths on the command line are relative to.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Receives the result.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Opens the same stream for bytes.</summary>
    public required Func<Stream> OpenOut { get; init; }

    /// <summary>Receives progress and log.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether a person looks at the result as it comes.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether a person looks at the progress as it comes.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether colours were switched off by the environment.</summary>
    public bool NoColor { get; init; }

    /// <summary>Name of the environment whose configuration file is read besides the first.</summary>
    public string EnvironmentName { get; init; } = "Production";

    /// <summary>The machine this process runs on.</summary>
    public static Machine This(TimeProvider clock) => new()
    {
        Clock = clock,
        ApplicationDirectory = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory),
        WorkingDirectory = Environment.CurrentDirectory,
        Out = Console.Out,
        OpenOut = Console.OpenStandardOutput,
        Error = Console.Error,
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        NoColor = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        EnvironmentName = Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? "Production",
    };
}
