using TsPmo.Engine.Storage;

namespace TsPmo.Sync.Web;

/// <summary>Lets in who may come in by the configured kind of sign-in. Health is told to everybody; with a sign-in that this build does not have nothing else is told to anybody.</summary>
internal sealed class Doorkeeper(RequestDelegate next, string authKind, IApiKeys keys)
{
    private readonly IDoor? _door = authKind switch { "None" => new LocalDoor(), "ApiKey" => new KeyDoor(keys), _ => null };

    public async Task InvokeAsync(HttpContext context)
    {
        var refusal = context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal) ? null
            : _door is null ? new Refusal(StatusCodes.Status503ServiceUnavailable, $"Sign-in by {authKind} is not available in this build, so the console stays closed.")
            : await _door.LookAsync(context.Request, context.RequestAborted);
        if (refusal is null)
        {
            await next(context);
            return;
        }

        if (refusal.Challenge is { } challenge)
            context.Response.Headers.WWWAuthenticate = challenge;
        await TypedResults.Problem(refusal.Detail, statusCode: refusal.Status).ExecuteAsync(context);
    }
}

/// <summary>One way to come in.</summary>
internal interface IDoor
{
    /// <summary>Null for who may come in, else why not.</summary>
    Task<Refusal?> LookAsync(HttpRequest request, CancellationToken cancellation);
}

/// <summary>Why a request is not answered.</summary>
/// <param name="Status">Status of the answer.</param>
/// <param name="Detail">Why, for people.</param>
/// <param name="Challenge">How to sign in, where that would help.</param>
internal sealed record Refusal(int Status, string Detail, string? Challenge = null)
{
    public static Refusal Forbidden(string detail) => new(StatusCodes.Status403Forbidden, detail);
}

/// <summary>What a request is about to do.</summary>
internal static class RequestIntent
{
    /// <summary>Whether it only looks.</summary>
    public static bool OnlyLooks(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
}
