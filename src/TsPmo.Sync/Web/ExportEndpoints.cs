using Microsoft.AspNetCore.Mvc;
using TsPmo.Engine.Reporting;
using TsPmo.Engine.Reporting.Exports;
using TsPmo.Engine.Reporting.Explain;
using TsPmo.Model;
using TsPmo.Sync.Configuration.Reading;

namespace TsPmo.Sync.Web;

/// <summary>The exports and explanations over HTTP, in the shapes of the command line.</summary>
internal static class ExportEndpoints
{
    public static void MapExports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/explain", ExplainAsync);
        routes.MapGet("/api/v1/{kind}", ExportAsync);
    }

    private static async Task ExportAsync(HttpContext context, string kind, [FromServices] IExports exports, CancellationToken cancellation)
    {
        if (!TryInstant(context.Request, out var asOf) || context.Request.Query.Keys.Any(k => k is not ("project" or "asOf")))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "Known are project (repeatable) and asOf, an instant such as 2026-01-12T00:00:00Z.");
            return;
        }

        if (!exports.Kinds.Contains(kind, StringComparer.Ordinal))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such kind. Known are " + string.Join(", ", exports.Kinds) + ".");
            return;
        }

        var request = new ExportRequest
        {
            Kind = kind, Projects = [.. context.Request.Query["project"].OfType<string>()], AsOf = asOf, HidesPersons = !Visitor.Of(context).SeesPersons,
        };
        context.Response.ContentType = "application/x-ndjson; charset=utf-8";
        if (await exports.WriteAsync(request, context.Response.Body, cancellation) is { } problem)
            await RefuseAsync(context, StatusOf(problem, StatusCodes.Status400BadRequest), Text(problem));
    }

    private static async Task<IResult> ExplainAsync(HttpContext context, string? project, string? metric, string? subject, [FromServices] ExplainQuery query, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(project) || string.IsNullOrEmpty(metric) || !TryInstant(context.Request, out var asOf))
            return TypedResults.Problem("Give project and metric, and at will subject and asOf, an instant such as 2026-01-12T00:00:00Z.", statusCode: StatusCodes.Status400BadRequest);
        var answer = await query.ExplainAsync(new ExplainRequest(project, metric, subject, asOf) { HidesPersons = !Visitor.Of(context).SeesPersons }, cancellation);
        return answer.Problem is { } problem
            ? TypedResults.Problem(Text(problem), statusCode: StatusOf(problem, StatusCodes.Status404NotFound))
            : TypedResults.Ok(answer.Explanation);
    }

    private static bool TryInstant(HttpRequest request, out DateTimeOffset? instant)
    {
        instant = null;
        if (request.Query["asOf"].ToString() is not { Length: > 0 } text)
            return true;
        instant = PlainValue.Read(typeof(DateTimeOffset), text, new SettingAttribute("")).Value as DateTimeOffset?;
        return instant is not null;
    }

    private static int StatusOf(Problem problem, int otherwise) => problem.Code == PersonsHidden.Code ? StatusCodes.Status403Forbidden : otherwise;

    private static string Text(Problem problem) => $"{problem.Message} {problem.Remedy}";

    private static Task RefuseAsync(HttpContext context, int status, string detail) => TypedResults.Problem(detail, statusCode: status).ExecuteAsync(context);
}
