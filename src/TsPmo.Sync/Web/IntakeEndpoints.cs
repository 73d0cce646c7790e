using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using TsPmo.Engine.Intake;

namespace TsPmo.Sync.Web;

/// <summary>Takes over HTTP what other systems report.</summary>
internal static class IntakeEndpoints
{
    private const string Forms = "application/json, application/x-ndjson or text/csv";

    public static void MapIntake(this IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/{kind}", TakeAsync);

    private static async Task<IResult> TakeAsync(HttpContext context, string kind, [FromServices] IIntake intake, CancellationToken cancellation)
    {
        if (!intake.Kinds.Contains(kind, StringComparer.Ordinal))
            return TypedResults.Problem("Nothing is taken under this name. Known are " + string.Join(", ", intake.Kinds) + ".", statusCode: StatusCodes.Status404NotFound);
        if (FormatOf(context.Request) is not { } format)
            return TypedResults.Problem($"Send rows with the content type {Forms}.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        var report = await intake.TakeAsync(kind, format, context.Request.Body, cancellation);
        return report is { Taken: 0, Refused: > 0 } ? NoneTaken(report) : TypedResults.Ok(new { report.Taken, report.Refused, rows = report.Rows.Select(RefusedJson.Of) });
    }

    private static ProblemHttpResult NoneTaken(IntakeReport report) => TypedResults.Problem(
        $"{report.Rows[0].Problem.Message} {report.Rows[0].Problem.Remedy}",
        statusCode: StatusCodes.Status422UnprocessableEntity,
        extensions: new Dictionary<string, object?> { ["taken"] = report.Taken, ["refused"] = report.Refused, ["rows"] = report.Rows.Select(RefusedJson.Of).ToList() });

    private static IntakeFormat? FormatOf(HttpRequest request) => MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType.Value?.ToLowerInvariant() switch
    {
        "application/json" => IntakeFormat.Json,
        "application/x-ndjson" or "application/ndjson" or "application/jsonl" => IntakeFormat.Ndjson,
        "text/csv" => IntakeFormat.Csv,
        _ => null,
    } : null;
}
