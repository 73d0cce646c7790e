using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>The door: sign-in, api-version, one request at a time on the state, answers and refusals in the vendor's shape.</summary>
internal sealed class ApiRoutes(AzureDevOpsOrganisation organisation, StandInContext context, Identity bot, string tracker)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] Options = ["OPTIONS"];

    private static readonly Action<RouteTable>[] Areas =
    [
        CoreRoutes.Map, WorkItemRoutes.Map, ItemWriteRoutes.Map, CommentRoutes.Map, ReportingRoutes.Map, QueryRoutes.Map, MetadataRoutes.Map,
        ClassificationRoutes.Map, BacklogRoutes.Map, TeamRoutes.Map, CapacityRoutes.Map, BuildRoutes.Map, EnvironmentRoutes.Map, ReleaseRoutes.Map, CodeRoutes.Map,
        QualityRoutes.Map, WikiRoutes.Map,
    ];

    public AzureDevOpsOrganisation Organisation => organisation;

    public Identity Bot => bot;

    public TimeProvider Clock => context.Clock;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/_apis/{area?}", Options, http => RunAsync(http, versioned: false, preview: false, ResourceLocations.Of));
        var table = new RouteTable(this, routes);
        foreach (var map in Areas)
            map(table);
        routes.MapFallback("{**path}", http => RunAsync(http, versioned: false, preview: false, NoSuchRoute));
    }

    public void Notify(WorkItem item, string act, DateTimeOffset at) =>
        context.Notifications.Add(new Notification(tracker, Acts.ItemId.Write(item.Id), act, at));

    public async Task RunAsync(HttpContext http, bool versioned, bool preview, Func<ApiCall, Answer> handler)
    {
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.Date = Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        http.Response.Headers["X-TFS-ProcessId"] = StableGuid.Of("process", "demo").ToString();
        try
        {
            if (!SignIn.IsSignedIn(http.Request, context.Token))
            {
                await SignIn.RefuseAsync(http, refusal => RefuseAsync(http, refusal));
                return;
            }

            if (versioned)
                ApiVersion.Require(http.Request, organisation.Dialect, preview);
            await WriteAsync(http, Answer(handler, new ApiCall(http, this, await ReadBodyAsync(http))));
        }
        catch (Refusal refusal)
        {
            await RefuseAsync(http, refusal);
        }
    }

    private Answer Answer(Func<ApiCall, Answer> handler, ApiCall call)
    {
        lock (organisation.Gate)
            return handler(call);
    }

    private static Answer NoSuchRoute(ApiCall call) =>
        throw Refusal.NotFound("The controller for the path was not found or does not implement IController.", "VssResourceNotFoundException");

    private static async Task<JsonElement?> ReadBodyAsync(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method) || HttpMethods.IsDelete(http.Request.Method))
            return null;
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw Refusal.Bad("The request body is not valid JSON.", "VssRequestBodyException");
        }
    }

    private static async Task WriteAsync(HttpContext http, Answer answer)
    {
        http.Response.StatusCode = answer.Status;
        if (answer.ContinuationToken is { } token)
            http.Response.Headers["x-ms-continuationtoken"] = token;
        if (answer.ETag is { } version)
            http.Response.Headers.ETag = version;
        if (answer.Body is null)
            return;
        http.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(http.Response.Body, answer.Body, Json, http.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext http, Refusal refusal) => WriteAsync(http, new Answer(refusal.Body(), refusal.Status));
}
