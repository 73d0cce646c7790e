using Microsoft.AspNetCore.Http.HttpResults;

namespace TsPmo.Sync.Health;

/// <summary>Tells containers and load balancers how the host is. Nothing here needs a sign-in, and nothing here tells more than that.</summary>
internal static class HealthEndpoints
{
    public const string ReadyPath = "/healthz/ready";

    private const string LivePath = "/healthz/live";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(LivePath, () => TypedResults.Ok(new HealthAnswer("live", [], [])));
        routes.MapGet(ReadyPath, AnswerAsync);
    }

    private static async Task<Results<Ok<HealthAnswer>, JsonHttpResult<HealthAnswer>>> AnswerAsync(Readiness readiness, CancellationToken cancellation)
    {
        var obstacles = await readiness.ObstaclesAsync(cancellation);
        return obstacles.Count == 0
            ? TypedResults.Ok(new HealthAnswer("ready", [], readiness.Warnings()))
            : TypedResults.Json(new HealthAnswer("not-ready", obstacles, readiness.Warnings()), statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}

/// <summary>How the host is.</summary>
internal sealed record HealthAnswer(string Status, IReadOnlyList<string> Obstacles, IReadOnlyList<string> Warnings);
