using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TsPmo.Sandbox.Hosting;

/// <summary>An answer held back in memory: a tracker's state is free again before a slow reader has taken it, and it can be cut or dropped.</summary>
internal sealed class BufferedAnswer : IAsyncDisposable
{
    private const int WorthCompressing = 1024;
    private readonly MemoryStream _body = new();

    private BufferedAnswer()
    {
    }

    public byte[] ToArray() => _body.ToArray();

    /// <summary>Lets the pipeline answer into memory. Status and headers stay on the response, which has not started.</summary>
    public static async Task<BufferedAnswer> TakeAsync(HttpContext context, RequestDelegate pipeline)
    {
        var answer = new BufferedAnswer();
        var wire = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer._body));
        try
        {
            await pipeline(context);
            await context.Response.BodyWriter.FlushAsync();
        }
        finally
        {
            context.Features.Set(wire);
        }

        return answer;
    }

    public async Task SendAsync(HttpContext context)
    {
        if (_body.Length == 0) return;
        var zip = _body.Length >= WorthCompressing && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        var sent = zip ? Zip() : _body;
        if (zip) context.Response.Headers.ContentEncoding = "gzip";
        context.Response.ContentLength = sent.Length;
        sent.Position = 0;
        await sent.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>Promises the whole body, sends half and drops the connection.</summary>
    public async Task CutAsync(HttpContext context)
    {
        context.Response.ContentLength = Math.Max(2, _body.Length);
        await context.Response.Body.WriteAsync(_body.GetBuffer().AsMemory(0, (int)(_body.Length / 2)), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    public ValueTask DisposeAsync() => _body.DisposeAsync();

    private MemoryStream Zip()
    {
        var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            _body.Position = 0;
            _body.CopyTo(gzip);
        }

        return zipped;
    }
}
