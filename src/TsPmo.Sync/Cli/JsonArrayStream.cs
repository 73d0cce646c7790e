namespace TsPmo.Sync.Cli;

/// <summary>Turns lines of JSON into one JSON array as they are written, so that an export of any size can be asked for as one document.</summary>
internal sealed class JsonArrayStream(Stream inner) : Stream
{
    private bool _begun;
    private bool _lineEnded;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            Begin();
            var end = buffer.IndexOf((byte)'\n');
            inner.Write(end < 0 ? buffer : buffer[..end]);
            _lineEnded = end >= 0;
            buffer = end < 0 ? [] : buffer[(end + 1)..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (!_begun)
                inner.Write("["u8);
            inner.Write("]\n"u8);
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Begin()
    {
        if (!_begun)
            inner.Write("["u8);
        else if (_lineEnded)
            inner.Write(",\n"u8);
        _begun = true;
        _lineEnded = false;
    }
}
