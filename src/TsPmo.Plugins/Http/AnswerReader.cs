using System.IO.Compression;
using System.Net;
using System.Text.Json;
using TsPmo.Model;

namespace TsPmo.Plugins.Http;

/// <summary>Turns a response into an answer or a <see cref="TrackerException"/>. An answer that is not JSON where JSON was asked for is a sign-in page.</summary>
internal sealed class AnswerReader(HttpDialect dialect, TrackerProblems problems, Redaction redaction, Action<long> countBytes)
{
    private const int LargestErrorBody = 64 * 1024;

    public async Task<TrackerAnswer> ReadAsync(TrackerRequest request, HttpResponseMessage response, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        var headers = Headers(response);
        var what = Shown(request);
        if (request.Expected.Contains(response.StatusCode))
            return new(response.StatusCode, await TryParseAsync(response, cancellationToken), headers);
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
        return new(response.StatusCode, await ParseAsync(response, dialect.MaxAnswerBytes, cancellationToken), headers);
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

    private async Task<TrackerException> FailureAsync(
        string what, HttpResponseMessage response, Dictionary<string, string> headers, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        using var body = await TryParseAsync(response, cancellationToken);
        var words = body is null ? null : redaction.Clean(dialect.ReadError(body.RootElement));
        var status = response.StatusCode;
        var problem = dialect.ReadSignInRefusal(status, headers) is { } remedy
            ? problems.SignInFailed($"it answered {(int)status} to {what}", remedy)
            : problems.Status(status, what, words);
        return new(problem, (int)status) { RetryAfter = retryAfter, IsUncertain = (int)status >= 500 };
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

    private async Task<JsonDocument?> TryParseAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (HasNoBody(response) || !IsJson(response))
            return null;
        try
        {
            return await ParseAsync(response, LargestErrorBody, cancellationToken);
        }
        catch (Exception e) when (e is JsonException or IOException or InvalidDataException)
        {
            return null;
        }
    }

    private async Task<JsonDocument> ParseAsync(HttpResponseMessage response, long limit, CancellationToken cancellationToken)
    {
        await using var wire = new CountingStream(await response.Content.ReadAsStreamAsync(cancellationToken), long.MaxValue, countBytes);
        if (!response.Content.Headers.ContentEncoding.Contains("gzip", StringComparer.OrdinalIgnoreCase))
            return await ParseAsync(wire, limit, cancellationToken);
        await using var unzipped = new GZipStream(wire, CompressionMode.Decompress);
        return await ParseAsync(unzipped, limit, cancellationToken);
    }

    private static async Task<JsonDocument> ParseAsync(Stream body, long limit, CancellationToken cancellationToken)
    {
        await using var limited = new CountingStream(body, limit, _ => { });
        return await JsonDocument.ParseAsync(limited, default, cancellationToken);
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
