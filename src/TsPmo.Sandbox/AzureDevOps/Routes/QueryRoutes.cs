using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wiql;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>WIQL. Only ids are answered, and too many are an error instead of a page.</summary>
internal static class QueryRoutes
{
    private const int LongestQuery = 32_000;

    public static void Map(RouteTable routes)
    {
        routes.Organisation(HttpMethods.Post, "wit/wiql", Query);
        routes.Team(HttpMethods.Post, "wit/wiql", Query);
    }

    private static Answer Query(ApiCall call)
    {
        var project = call.ProjectOrNull;
        var surroundings = new WiqlSurroundings(project?.Name, call.Caller.UniqueName, call.Now, call.Flag("timePrecision"));
        var query = WiqlParser.Parse(Text(call), surroundings);
        var (top, rows, most) = (call.Number("$top", int.MaxValue), query.Run(call.Organisation.Items.Where(call.Organisation.Shows)), call.Organisation.Switches.MostRows);
        var found = rows.Take(Math.Min(top, most + 1)).ToList();
        if (found.Count > most)
            throw Refusal.Bad($"VS402337: The number of work items returned exceeds the size limit of {most}. Change the query to return fewer items.", "WorkItemTrackingQueryResultSizeLimitExceededException");
        return new Answer(new
        {
            queryType = "flat",
            queryResultType = "workItem",
            asOf = WireDate.Write(query.AsOf ?? call.Now),
            columns = query.Columns.Select(call.Links.FieldReference).ToList(),
            sortColumns = query.Order.Count == 0 ? null : query.Order.Select(order => new { field = call.Links.FieldReference(order.Field), descending = order.Descending }).ToList(),
            workItems = found.Select(item => call.Links.WorkItemReference(item.Id)).ToList(),
        });
    }

    private static string Text(ApiCall call)
    {
        var text = call.Body.ValueKind == JsonValueKind.Object && call.Body.TryGetProperty("query", out var query) ? query.GetString() : null;
        return text is { Length: > 0 and <= LongestQuery }
            ? text
            : throw Refusal.Bad($"VS403450: The query must be between 1 and {LongestQuery} characters long.", "ArgumentException");
    }
}
