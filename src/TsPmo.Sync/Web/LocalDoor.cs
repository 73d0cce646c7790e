using System.Net;
using TsPmo.Engine.Storage;

namespace TsPmo.Sync.Web;

/// <summary>
/// Without a sign-in only a person or a program at this machine is answered: the host must be a loopback name, which keeps pages of other sites from reaching it by a
/// name of their own, and nothing may have been forwarded. Who works at this machine has the store itself, and so the operator's role. What changes something is not taken from a page of another site: browsers say where a request comes from.
/// </summary>
internal sealed class LocalDoor : IDoor
{
    public Task<DoorAnswer> LookAsync(HttpRequest request, CancellationToken cancellation) => Task.FromResult<DoorAnswer>(
        !IsLoopback(request.Host.Host) || IsForwarded(request.Headers) ? Refusal.Forbidden("Without sign-in the console answers requests made on this machine only.")
        : !RequestIntent.OnlyLooks(request) && IsFromElsewhere(request) ? Refusal.Forbidden("This request was sent by a page of another site.")
        : DoorAnswer.Welcome(ApiRole.Operator, Environment.UserName));

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);

    private static bool IsForwarded(IHeaderDictionary headers) =>
        headers.Keys.Any(name => name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase));

    private static bool IsFromElsewhere(HttpRequest request)
    {
        var (site, origin) = (request.Headers["Sec-Fetch-Site"].ToString(), request.Headers.Origin.ToString());
        return site is not ("" or "same-origin" or "none") || origin.Length > 0 && origin != $"{request.Scheme}://{request.Host}";
    }
}
