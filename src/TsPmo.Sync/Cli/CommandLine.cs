using System.CommandLine;
using TsPmo.Sync.Cli.Verbs;

namespace TsPmo.Sync.Cli;

/// <summary>The command line as a whole: verbs, global options, and how anything that goes wrong becomes an exit code and one clear line.</summary>
internal sealed class CommandLine
{
    private readonly Machine _machine;
    private readonly Interruption _interruption;
    private readonly GlobalOptions _options = new();

    private CommandLine(Machine machine, Interruption interruption)
    {
        _machine = machine;
        _interruption = interruption;
    }

    /// <summary>Runs what was typed and gives the exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Machine machine)
    {
        using var interruption = new Interruption(machine.Clock);
        return await new CommandLine(machine, interruption).RunAsync(arguments);
    }

    private async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var typed = Build().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (typed.Errors.Count > 0)
            return Misused(typed);
        // The parser's own exception handler prints traces, and its signal handler would kill a host that is still draining.
        var invocation = new InvocationConfiguration
        {
            Output = _machine.Out, Error = _machine.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
        };
        return await typed.InvokeAsync(invocation, _interruption.Token);
    }

    private RootCommand Build()
    {
        var root = new RootCommand("Reads the projects' trackers, measures, and writes the consolidated status back.");
        foreach (var option in _options.All)
            root.Add(option);
        foreach (var verb in AllVerbs.Of())
            root.Add(Command(verb));
        root.SetAction((typed, cancellation) => InvokeAsync(new RunVerb(), typed, cancellation));
        return root;
    }

    private Command Command(IVerb verb)
    {
        var command = new Command(verb.Name, verb.Description);
        foreach (var argument in verb.Arguments)
            command.Add(argument);
        foreach (var option in verb.Options)
            command.Add(option);
        foreach (var below in verb.Verbs)
            command.Add(Command(below));
        command.SetAction((typed, cancellation) => InvokeAsync(verb, typed, cancellation));
        return command;
    }

    private async Task<int> InvokeAsync(IVerb verb, ParseResult typed, CancellationToken cancellation)
    {
        var session = new VerbSession(_machine, typed, _options);
        try
        {
            return await verb.RunAsync(session, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            if (verb.RunsUntilStopped && _interruption.IsOrderly)
                return ExitCode.Done;
            session.Terminal.Say("Interrupted. What was stored stays; the next run goes on from there.");
            session.Terminal.Document(new { outcome = "interrupted" });
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            return Unexpected(session, verb, e);
        }
    }

    private int Misused(ParseResult typed)
    {
        var terminal = new Terminal(_machine, typed.GetValue(_options.Json), noColor: true);
        var name = typed.CommandResult.Command is RootCommand ? "" : " " + typed.CommandResult.Command.Name;
        foreach (var error in typed.Errors)
            terminal.Say(error.Message);
        terminal.Say($"See tspmo{name} --help.");
        terminal.Document(new { outcome = "invalid", problems = typed.Errors.Select(e => new { key = (string?)null, value = (string?)null, message = e.Message, remedy = $"see tspmo{name} --help" }) });
        return ExitCode.Invalid;
    }

    /// <summary>A fault of ours. Its text may hold what must not be shown, so only where it happened is told, and only on demand.</summary>
    private static int Unexpected(VerbSession session, IVerb verb, Exception exception)
    {
        session.Terminal.Say($"{verb.Name} failed unexpectedly ({exception.GetType().Name}). Run it again with --verbose and report what it prints; what was stored stays.");
        if (session.IsVerbose)
            session.Terminal.Say(exception.StackTrace ?? "");
        session.Terminal.Document(new { outcome = "failed", errors = new[] { new { code = "unexpected", message = $"{verb.Name} failed unexpectedly", remedy = "run it again with --verbose and report what it prints" } } });
        return ExitCode.SomethingFailed;
    }
}
