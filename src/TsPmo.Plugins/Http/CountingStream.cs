namespace TsPmo.Plugins.Http;

/// <summary>Passes an answer through, counts it, and stops at a limit. The limit surfaces as <see cref="AnswerTooLargeException"/>.</summary>
internal sealed class CountingStream(Stream inner, long limit, Action<long> count) : Stream
{
    private long _read;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Count(int bytes)
    {
        _read += bytes;
        count(bytes);
        return _read > limit ? throw new AnswerTooLargeException() : bytes;
    }
}

/// <summary>An answer went over the size limit.</summary>
internal sealed class AnswerTooLargeException : IOException;
