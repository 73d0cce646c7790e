using System.Net.Http.Headers;
using System.Text;
using TsPmo.Engine.Storage;

namespace TsPmo.Sync.Web;

/// <summary>
/// Who has a key comes in: programs send it as a bearer token or as <c>X-Api-Key</c>, a person types it as the password that a browser asks for. To change something
/// takes an operator's key that was sent on purpose: a browser sends a password along with whatever a page of another site makes it send.
/// </summary>
internal sealed class KeyDoor(IApiKeys keys) : IDoor
{
    private const string Challenge = "Basic realm=\"tspmo, the key as password\", charset=\"UTF-8\", Bearer realm=\"tspmo\"";

    public async Task<DoorAnswer> LookAsync(HttpRequest request, CancellationToken cancellation)
    {
        var (text, isDeliberate) = Sent(request);
        if (text is null || await keys.FindAsync(text, cancellation) is not { } key)
            return new Refusal(StatusCodes.Status401Unauthorized, "Sign in with a key of this application; tspmo apikey create makes one.", Challenge);
        if (RequestIntent.OnlyLooks(request))
            return DoorAnswer.Welcome(key.Role, key.Name);
        if (!isDeliberate && !RequestIntent.IsForm(request))
            return Refusal.Forbidden("To change something send the key as a bearer token or as X-Api-Key.");
        return key.Role == ApiRole.Operator ? DoorAnswer.Welcome(key.Role, key.Name) : Refusal.Forbidden("This key may only look; it takes an operator's key to change something.");
    }

    private static (string? Text, bool IsDeliberate) Sent(HttpRequest request)
    {
        if (request.Headers["X-Api-Key"].ToString() is { Length: > 0 } header)
            return (header, true);
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization.ToString(), out var sent) || sent.Parameter is not { } parameter)
            return (null, false);
        if (sent.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return (parameter, true);
        return sent.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) ? (Password(parameter), false) : (null, false);
    }

    private static string? Password(string encoded)
    {
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password] ? password : null;
    }
}
