using TsPmo.Engine.Storage;

namespace TsPmo.Sync.Web;

/// <summary>Lets in who may come in by the configured kind of sign-in. Health is told to everybody; with a sign-in that this build does not have nothing else is told to anybody.</summary>
internal sealed class Doorkeeper(RequestDelegate next, string authKind, IApiKeys keys)
{
    private readonly IDoor? _door = authKind switch { "None" => new LocalDoor(), "ApiKey" => new KeyDoor(keys), _ => null };

    public async Task InvokeAsync(HttpContext context)
    {
        var answer = context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal) ? DoorAnswer.Welcome(ApiRole.Reader)
            : _door is null ? new Refusal(StatusCodes.Status503ServiceUnavailable, $"Sign-in by {authKind} is not available in this build, so the console stays closed.")
            : await _door.LookAsync(context.Request, context.RequestAborted);
        if (answer.Refusal is not { } refusal)
        {
            context.Features.Set(new Visitor(answer.Role) { Name = answer.Name });
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
    /// <summary>As whom the sender comes in, or why not.</summary>
    Task<DoorAnswer> LookAsync(HttpRequest request, CancellationToken cancellation);
}

/// <summary>As whom somebody comes in, or why not.</summary>
/// <param name="Role">What is allowed; means nothing beside a refusal.</param>
/// <param name="Refusal">Why nobody comes in; null for who may.</param>
internal readonly record struct DoorAnswer(ApiRole Role, Refusal? Refusal)
{
    /// <summary>What whoever comes in is called.</summary>
    public string Name { get; init; } = "";

    public static DoorAnswer Welcome(ApiRole role, string name = "") => new(role, null) { Name = name };

    public static implicit operator DoorAnswer(Refusal refusal) => new(ApiRole.Reader, refusal);
}

/// <summary>Who has come in.</summary>
/// <param name="Role">What is allowed.</param>
internal sealed record Visitor(ApiRole Role)
{
    private static readonly Visitor Unknown = new(ApiRole.Reader);

    /// <summary>Name under which decisions are kept; empty where nobody signed in.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether figures about persons are shown.</summary>
    public bool SeesPersons => Role == ApiRole.Operator;

    /// <summary>Who sent a request; where no door was passed, somebody who sees the least.</summary>
    public static Visitor Of(HttpContext context) => context.Features.Get<Visitor>() ?? Unknown;
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

    /// <summary>Whether it is a form of the console, which carries a token against pages of other sites; what programs send has other types.</summary>
    public static bool IsForm(HttpRequest request) => request.HasFormContentType && !request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
}
