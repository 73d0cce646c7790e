using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>Reads the api-version of a request, from the query or the Accept header, and refuses what the dialect does not speak.</summary>
internal static class ApiVersion
{
    public static void Require(HttpRequest request, ApiDialect dialect, bool preview)
    {
        var text = Asked(request);
        var dash = text?.IndexOf("-preview", StringComparison.OrdinalIgnoreCase) ?? -1;
        if (!Version.TryParse(dash < 0 ? text : text?[..dash], out var version) || version < dialect.Oldest || version > dialect.Newest)
            throw new Refusal(400, "VssVersionOutOfRangeException",
                $"The requested REST API version of {text ?? "(none)"} is out of range for this server. The latest REST API version this server supports is {dialect.Newest}.");
        if (dash < 0 && (preview || version > dialect.Released))
            throw new Refusal(400, "VssInvalidPreviewVersionException",
                $"The requested version \"{text}\" of the resource is under preview. The -preview flag must be supplied in the api-version for such requests. For example: \"{text}-preview\"");
    }

    /// <summary>The version a request asks for, without its preview.</summary>
    public static Version Of(HttpRequest request) => Version.TryParse(Asked(request)?.Split('-')[0], out var version) ? version : new Version(1, 0);

    private static string? Asked(HttpRequest request)
    {
        if (request.Query.TryGetValue("api-version", out var query) && query.Count > 0)
            return query[^1];
        return MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
            ? accepted.SelectMany(media => media.Parameters).FirstOrDefault(parameter => parameter.Name.Equals("api-version", StringComparison.OrdinalIgnoreCase))?.Value.Value
            : null;
    }
}
