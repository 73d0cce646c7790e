using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;
using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Reporting;
using TsPmo.Model;

namespace TsPmo.Sync.Cli;

/// <summary>Where a verb says things: the result on standard output, everything else on standard error.</summary>
internal sealed class Terminal(Machine machine, bool json, bool noColor)
{
    /// <summary>Wide enough that no row of ours is folded where nobody resizes a window.</summary>
    private const int RedirectedWidth = 400;

    private static readonly JsonSerializerOptions JsonForm = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new InstantJson(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>Whether the result is to be one JSON document.</summary>
    public bool IsJson => json;

    /// <summary>Whether a person watches the progress.</summary>
    public bool IsWatched => machine.ErrorIsTerminal;

    /// <summary>A line of the result.</summary>
    public void Result(string line)
    {
        if (!json)
            machine.Out.WriteLine(line);
    }

    /// <summary>A table of the result.</summary>
    public void Result(Table table)
    {
        if (!json)
            On(machine.Out, machine.OutIsTerminal).Write(table);
    }

    /// <summary>The result as a document, where one is asked for.</summary>
    public void Document(object document)
    {
        if (json)
            machine.Out.WriteLine(JsonSerializer.Serialize(document, JsonForm));
    }

    /// <summary>The same for a result that brings its own form.</summary>
    public void Document<T>(T document, JsonTypeInfo<T> form)
    {
        if (json)
            machine.Out.WriteLine(JsonSerializer.Serialize(document, form));
    }

    /// <summary>A line beside the result.</summary>
    public void Say(string line) => machine.Error.WriteLine(line);

    /// <summary>A failure beside the result: what it is about, what is wrong, what to do.</summary>
    public void Say(Problem problem, string? about = null)
    {
        var where = string.Join(", ", new[] { about, problem.Scope }.Where(text => !string.IsNullOrEmpty(text)));
        Say($"{(where.Length > 0 ? where + ": " : "")}{Sentence(problem.Message)} {Sentence(problem.Remedy)}");
    }

    /// <summary>An error of a report beside the result.</summary>
    public void Say(SyncError error, string? about) => Say(new Problem(error.Code, error.Message, error.Remedy) { Scope = error.Scope }, about);

    /// <summary>The stream of progress for drawing on.</summary>
    public IAnsiConsole Progress => On(machine.Error, machine.ErrorIsTerminal);

    /// <summary>A table in the one style of this application.</summary>
    public static Table NewTable(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Minimal, ShowRowSeparators = false };
        foreach (var column in columns)
            table.AddColumn(new TableColumn(Markup.Escape(column)) { NoWrap = false });
        return table;
    }

    /// <summary>A row whose cells are taken literally.</summary>
    public static void AddRow(Table table, params string?[] cells) => table.AddRow([.. cells.Select(cell => new Text(cell ?? ""))]);

    private static string Sentence(string text) => text.Length == 0 || text[^1] is '.' or '?' or '!' ? text : text + ".";

    private IAnsiConsole On(TextWriter writer, bool isTerminal)
    {
        var plain = !isTerminal || noColor || machine.NoColor;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal)
            console.Profile.Width = RedirectedWidth;
        return console;
    }
}
