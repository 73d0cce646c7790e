using System.Net;
using TsPmo.Sync.Health;

namespace TsPmo.Sync.Web;

/// <summary>
/// Without a sign-in only a person at this machine is answered: the host must be a loopback name, which keeps pages of other sites from reaching it by a name
/// of their own, and nothing may have been forwarded. With a sign-in that this build does not have nobody is.
/// </summary>
internal sealed class Doorkeeper(RequestDelegate next, string authKind)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal))
            await next(context);
        else if (authKind != "None")
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, $"Sign-in by {authKind} is not available in this build, so the console stays closed.");
        else if (!IsLoopback(context.Request.Host.Host) || IsForwarded(context.Request.Headers))
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Without sign-in the console answers requests made on this machine only.");
        else
            await next(context);
    }

    private static Task RefuseAsync(HttpContext context, int status, string detail) => TypedResults.Problem(detail, statusCode: status).ExecuteAsync(context);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);

    private static bool IsForwarded(IHeaderDictionary headers) =>
        headers.Keys.Any(name => name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase));
}
