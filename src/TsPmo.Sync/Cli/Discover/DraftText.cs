using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TsPmo.Sync.Cli.Discover;

/// <summary>Writes indented JSON with comments, which the framework's own writer puts in places where nobody reads them.</summary>
internal sealed class DraftText
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(string Text, bool IsComment)> _lines = [];
    private int _depth;
    private bool _needsComma;

    /// <summary>A comment in a line of its own. Whatever a name from outside holds, it stays within the line.</summary>
    public void Comment(string text) => _lines.Add((Indent() + "// " + OneLine(text), true));

    /// <summary>A member with a text.</summary>
    public void Value(string name, string value, string? comment = null)
    {
        Separate();
        if (comment is not null)
            Comment(comment);
        _lines.Add(($"{Indent()}{Quoted(name)}: {Quoted(value)}", false));
        _needsComma = true;
    }

    /// <summary>An object, a member unless it has no name; ends when disposed.</summary>
    public IDisposable Object(string? name)
    {
        Separate();
        _lines.Add(($"{Indent()}{(name is null ? "" : Quoted(name) + ": ")}{{", false));
        _depth++;
        _needsComma = false;
        return new End(this);
    }

    public override string ToString() => string.Join('\n', _lines.Select(l => l.Text));

    private void Separate()
    {
        if (!_needsComma)
            return;
        var last = _lines.FindLastIndex(l => !l.IsComment);
        _lines[last] = (_lines[last].Text + ",", false);
        _needsComma = false;
    }

    private void Close()
    {
        _depth--;
        _lines.Add((Indent() + "}", false));
        _needsComma = true;
    }

    private string Indent() => new(' ', 2 * _depth);

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Readable);

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
            line.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c);
        return line.ToString();
    }

    private sealed class End(DraftText text) : IDisposable
    {
        public void Dispose() => text.Close();
    }
}
