using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>Personal access tokens (Basic with any user, or Bearer) and the two ways of saying no.</summary>
internal static class SignIn
{
    public const string Challenge = "Basic realm=\"Azure DevOps\"";

    /// <summary>What a reader gets that did not ask for plain errors.</summary>
    public const string Page = "<!DOCTYPE html><html lang=\"en-US\"><head><title>Azure DevOps Services | Sign In</title></head><body></body></html>";

    public static bool IsSignedIn(HttpRequest request, string token)
    {
        var header = request.Headers.Authorization.ToString();
        var given = header switch
        {
            _ when header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) => header[7..].Trim(),
            _ when header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) => Password(header[6..].Trim()),
            _ => null,
        };
        return given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token));
    }

    /// <summary>A sign-in page that looks like success, unless the client asked for plain errors or tried to change something.</summary>
    public static async Task RefuseAsync(HttpContext http, Func<Refusal, Task> write)
    {
        if (WantsPlainErrors(http.Request))
        {
            http.Response.Headers.WWWAuthenticate = Challenge;
            await write(Refusal.Unauthorized());
            return;
        }

        http.Response.StatusCode = StatusCodes.Status203NonAuthoritative;
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(Page, http.RequestAborted);
    }

    public static bool WantsPlainErrors(HttpRequest request) =>
        string.Equals(request.Headers["X-TFS-FedAuthRedirect"], "Suppress", StringComparison.OrdinalIgnoreCase) || HttpMethods.IsPatch(request.Method) || HttpMethods.IsDelete(request.Method);

    private static string? Password(string encoded)
    {
        Span<byte> bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
            return null;
        var pair = Encoding.UTF8.GetString(bytes[..length]);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : pair[(colon + 1)..];
    }
}
