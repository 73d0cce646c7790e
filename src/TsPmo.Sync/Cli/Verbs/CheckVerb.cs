namespace TsPmo.Sync.Cli.Verbs;

/// <summary>Validates the configuration and opens no connection.</summary>
internal sealed class CheckVerb : IVerb
{
    public string Name => "check";

    public string Description => "Validates the configuration; opens no connection";

    public Task<int> RunAsync(VerbSession session, CancellationToken cancellation)
    {
        if (session.Configuration() is not { } configuration)
            return Task.FromResult(ExitCode.Invalid);
        var options = configuration.Options;
        var publications = configuration.Pmo.Projects.Values.Sum(p => p.Publications.Count);
        session.Terminal.Result($"The configuration is valid: {Count(options.Connectors.Count, "connector")}, {Count(options.Projects.Count, "project")}, {Count(publications, "publication")}.");
        foreach (var file in configuration.Input.FilesToRead)
            session.Terminal.Result($"Read from {file}");
        foreach (var note in configuration.Notes)
            session.Terminal.Say($"Note: {note}.");
        session.Terminal.Document(new
        {
            outcome = "valid",
            files = configuration.Input.FilesToRead,
            connectors = options.Connectors.Keys.Order(StringComparer.Ordinal),
            projects = options.Projects.Keys.Order(StringComparer.Ordinal),
            publications,
            notes = configuration.Notes,
            problems = Array.Empty<object>(),
        });
        return Task.FromResult(ExitCode.Done);
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
