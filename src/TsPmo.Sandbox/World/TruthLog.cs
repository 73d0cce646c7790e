using System.Text.Json;

namespace TsPmo.Sandbox.World;

/// <summary>
/// The generator's own account of what happened: NDJSON, one act a line, in the order the acts were applied. TRUTH.md describes the lines.
/// The file is written anew by every start, because generating and replaying write the same bytes again.
/// </summary>
public sealed class TruthLog : IDisposable
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();
    private readonly Lock _gate = new();
    private readonly FileStream _file;
    private readonly Utf8JsonWriter _json;

    public TruthLog(string path)
    {
        Path = path;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
        _json = new Utf8JsonWriter(_file, new JsonWriterOptions { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    public string Path { get; }

    /// <summary>Number of lines written.</summary>
    public int Lines { get; private set; }

    /// <summary>Writes one line; the delegate writes the members of its object.</summary>
    public void Write(Action<Utf8JsonWriter> members)
    {
        lock (_gate)
        {
            _json.WriteStartObject();
            members(_json);
            _json.WriteEndObject();
            _json.Flush();
            _json.Reset();
            _file.Write(NewLine);
            Lines++;
        }
    }

    /// <summary>Hands what was written to the operating system, so that readers of the file see it.</summary>
    public void Flush()
    {
        lock (_gate) _file.Flush();
    }

    public void Dispose()
    {
        _json.Dispose();
        _file.Dispose();
    }
}
