using System.Text;
using System.Text.Json;

namespace TsPmo.Sandbox.Journal;

/// <summary>The data directory of a sandbox: what it was made with, and what was done to it since. Without a directory nothing is kept.</summary>
internal sealed class SandboxJournal : IDisposable
{
    private readonly string? _directory;
    private FileStream? _file;

    public SandboxJournal(string? directory)
    {
        _directory = directory;
        if (directory is not null) Directory.CreateDirectory(directory);
    }

    public async Task<SandboxState?> ReadStateAsync(CancellationToken cancellation)
    {
        if (PathOf("sandbox.json") is not { } path || !File.Exists(path)) return null;
        await using var file = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync(file, JournalJson.Default.SandboxState, cancellation);
    }

    public async Task WriteStateAsync(SandboxState state, CancellationToken cancellation)
    {
        if (PathOf("sandbox.json") is not { } path) return;
        var written = path + ".new";
        await File.WriteAllBytesAsync(written, JsonSerializer.SerializeToUtf8Bytes(state, JournalJson.Default.SandboxState), cancellation);
        File.Move(written, path, overwrite: true);
    }

    /// <summary>The entries so far, and opens the journal for more. A last line torn by a kill is dropped: its answer was never sent.</summary>
    public async Task<IReadOnlyList<JournalEntry>> OpenAsync(CancellationToken cancellation)
    {
        if (PathOf("journal.ndjson") is not { } path) return [];
        var bytes = File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellation) : [];
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        var entries = new List<JournalEntry>();
        foreach (var line in Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            entries.Add(JsonSerializer.Deserialize(line, JournalJson.Default.JournalEntry) ?? throw new InvalidDataException("The sandbox's journal holds an empty entry."));
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        _file.SetLength(whole);
        _file.Seek(0, SeekOrigin.End);
        return entries;
    }

    public async Task AppendAsync(JournalEntry entry)
    {
        if (_file is null) return;
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(entry, JournalJson.Default.JournalEntry), (byte)'\n'];
        await _file.WriteAsync(line);
        await _file.FlushAsync();
    }

    public void Dispose() => _file?.Dispose();

    private string? PathOf(string file) => _directory is null ? null : Path.Combine(_directory, file);
}
