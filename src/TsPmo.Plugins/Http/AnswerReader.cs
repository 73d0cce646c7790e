using System.IO.Compression;
using System.Net;
using System.Text.Json;
using TsPmo.Model;

namespace TsPmo.Plugins.Http;

/// <summary>Turns a response into an answer or a <see cref="TrackerException"/>. An answer that is not JSON where JSON was asked for is a sign-in page.</summary>
internal sealed class AnswerReader(HttpDialect dialect, TrackerProblems problems, Redaction redaction, Action<long> countBytes)
{
    private const int LargestErrorBody = 64 * 1024;

    /// <summary>Largest answer that is read, in bytes after decompression.</summary>
    public long Limit => dialect.MaxAnswerBytes;

    public async Task<TrackerAnswer> ReadAsync(TrackerRequest request, HttpResponseMessage response, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        var headers = Headers(response);
        var what = Shown(request);
        request.SetAside?.Clear();
        // What is asked for without a credential is answered as to a stranger.
        if (!request.IsAnonymous && dialect.ReadSignInRefusal(response.StatusCode, headers) is { } remedy)
            throw await RefusedAsync(what, response, remedy, cancellationToken);
        if (request.Expected.Contains(response.StatusCode))
            return new(response.StatusCode, await ExpectedAsync(what, response, headers, cancellationToken), headers);
        if ((int)response.StatusCode is >= 300 and < 400)
            throw new TrackerException(problems.Redirected(what, response.Headers.Location is { IsAbsoluteUri: true } to ? to : null), (int)response.StatusCode);
        if (!response.IsSuccessStatusCode)
            throw await FailureAsync(what, response, headers, retryAfter, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NonAuthoritativeInformation)
            throw new TrackerException(problems.SignInFailed($"it answered 203 to {what}, as it does to anonymous callers"), 203);
        if (HasNoBody(response))
            return new(response.StatusCode, null, headers);
        if (!IsJson(response))
            throw await NotJsonAsync(what, response, headers, cancellationToken);
        return new(response.StatusCode, await ParseAsync(response, dialect.MaxAnswerBytes, request.SetAside, cancellationToken), headers);
    }

    /// <summary>Method and path of a request without its query, for messages.</summary>
    public static string Shown(TrackerRequest request)
    {
        var end = request.Path.IndexOf('?', StringComparison.Ordinal);
        var path = end < 0 ? request.Path : request.Path[..end];
        return $"{request.Method.Method} {path}";
    }

    public static Dictionary<string, string> Headers(HttpResponseMessage response)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            headers[name] = string.Join(", ", values);
        return headers;
    }

    private async Task<TrackerException> RefusedAsync(string what, HttpResponseMessage response, string remedy, CancellationToken cancellationToken)
    {
        var words = Words(await TextAsync(response, cancellationToken));
        var told = words is null ? "" : $". It says: {words.TrimEnd('.')}";
        return new(problems.SignInFailed($"it answered {(int)response.StatusCode} to {what}{told}", remedy), (int)response.StatusCode);
    }

    private async Task<TrackerException> FailureAsync(
        string what, HttpResponseMessage response, Dictionary<string, string> headers, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        var text = await TextAsync(response, cancellationToken);
        var status = response.StatusCode;
        var problem = IsMissingScope(status, headers, text) ? problems.ScopeMissing(what) : problems.Status(status, what, Words(text));
        return new(problem, (int)status) { RetryAfter = retryAfter, IsUncertain = (int)status >= 500 };
    }

    private bool IsMissingScope(HttpStatusCode status, Dictionary<string, string> headers, string text) =>
        status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        && (dialect.IsMissingScope(text)
            || (headers.TryGetValue("WWW-Authenticate", out var challenge) && challenge.Contains("insufficient_scope", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The tracker's words in an error body. What is no JSON is not shown: it is a page for people, or anything at all.</summary>
    private string? Words(string text)
    {
        using var body = TryParse(text);
        return body is null ? null : redaction.Clean(dialect.ReadError(body.RootElement));
    }

    private async Task<TrackerException> NotJsonAsync(
        string what, HttpResponseMessage response, Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var first = new byte[1];
        if (await body.ReadAsync(first, cancellationToken) == 0 && !headers.ContainsKey("Content-Type"))
            return new(problems.Garbled(what), (int)response.StatusCode) { IsUncertain = true };
        var type = response.Content.Headers.ContentType?.MediaType ?? "no content type";
        var evidence = redaction.Clean(type) == "text/html" ? "a web page" : $"'{redaction.Clean(type)}'";
        return new(problems.SignInFailed($"it answered {what} with {evidence} instead of data, as sign-in pages do"), (int)response.StatusCode) { IsUncertain = true };
    }

    /// <summary>The body of a status that was reckoned with. A refusal for want of a scope speaks of the token, and never of what was asked for.</summary>
    private async Task<JsonDocument?> ExpectedAsync(string what, HttpResponseMessage response, Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        var text = await TextAsync(response, cancellationToken);
        if (IsMissingScope(response.StatusCode, headers, text))
            throw new TrackerException(problems.ScopeMissing(what), (int)response.StatusCode);
        return IsJson(response) ? TryParse(text) : null;
    }

    private static JsonDocument? TryParse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The body of an error, as far as it can be read.</summary>
    private async Task<string> TextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (HasNoBody(response))
            return "";
        try
        {
            await using var body = await UnzippedAsync(response, LargestErrorBody, cancellationToken);
            using var reader = new StreamReader(body);
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or HttpRequestException)
        {
            return "";
        }
    }

    private async Task<JsonDocument> ParseAsync(HttpResponseMessage response, long limit, SetAside? aside, CancellationToken cancellationToken)
    {
        await using var body = await UnzippedAsync(response, limit, cancellationToken);
        if (aside is null)
            return await JsonDocument.ParseAsync(body, default, cancellationToken);
        using var splitter = new AnswerSplitter(body, aside);
        return await splitter.ReadAsync(cancellationToken);
    }

    /// <summary>The body, counted as it comes over the wire and limited as it comes out.</summary>
    private async Task<Stream> UnzippedAsync(HttpResponseMessage response, long limit, CancellationToken cancellationToken)
    {
        Stream body = new CountingStream(await response.Content.ReadAsStreamAsync(cancellationToken), long.MaxValue, countBytes);
        if (response.Content.Headers.ContentEncoding.Contains("gzip", StringComparer.OrdinalIgnoreCase))
            body = new GZipStream(body, CompressionMode.Decompress);
        return new CountingStream(body, limit, _ => { });
    }

    private static bool HasNoBody(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.NoContent
        || response.Content.Headers.ContentLength == 0
        || (response.Content.Headers.ContentType is null && response.Content.Headers.ContentLength is null && response.Headers.TransferEncodingChunked != true);

    private static bool IsJson(HttpResponseMessage response)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        return type is not null
            && (type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
    }
}
