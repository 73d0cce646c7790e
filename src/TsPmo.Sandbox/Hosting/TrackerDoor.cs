using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.Control;
using TsPmo.Sandbox.Journal;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Hosting;

/// <summary>What stands between the wire and a stand-in: faults, the log of requests, order between reads and writes, and the journal.</summary>
internal sealed class TrackerDoor(IStandIn standIn, TrackerKind kind, DoorKeeper keeper)
{
    private static readonly string[] KeptHeaders = ["Content-Type", "Accept", "If-Match", "X-Atlassian-Token", "X-ExperimentalApi"];

    /// <summary>POST routes that only read.</summary>
    private static readonly string[] Questions =
    [
        "search/jql", "/search", "bulkfetch", "wiql", "workitemsbatch", "/reporting/", "worklog/list", "approximate-count", "mypermissions", "permissions/check", "jql/parse", "contributionids", "oauth/token",
    ];

    private readonly EarlierPages _pages = new();
    private RequestDelegate _pipeline = _ => Task.CompletedTask;

    public string Name => standIn.Name;

    public void Open(WebApplication app)
    {
        var inner = new ApplicationBuilder(app.Services);
        inner.UsePathBase(standIn.PathBase);
        inner.Use((context, next) =>
        {
            if (context.Request.PathBase == standIn.PathBase) return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        inner.UseRouting();
        inner.UseEndpoints(standIn.Map);
        _pipeline = inner.Build();
        app.Run(AnswerAsync);
    }

    /// <summary>Does a journalled write again, signed in as the bot, with the clock as it was. Nothing is logged, counted or journalled.</summary>
    public async Task ReplayAsync(JournaledRequest request, string authorization, IServiceProvider services)
    {
        var context = new DefaultHttpContext { RequestServices = services };
        var query = request.Path.IndexOf('?', StringComparison.Ordinal);
        context.Request.Method = request.Method;
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("127.0.0.1");
        context.Request.Path = PathString.FromUriComponent(query < 0 ? request.Path : request.Path[..query]);
        context.Request.QueryString = new QueryString(query < 0 ? null : request.Path[query..]);
        foreach (var (name, value) in request.Headers) context.Request.Headers[name] = value;
        context.Request.Headers.Authorization = authorization;
        context.Request.Body = new MemoryStream(request.Body);
        context.Request.ContentLength = request.Body.Length;
        using var held = keeper.Clock.Hold(request.At);
        await using var answer = await BufferedAnswer.TakeAsync(context, _pipeline);
        if (Succeeded(context)) RecordWrite(request.At, request.Method, request.Path);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        await keeper.Ready.WaitAsync(context.RequestAborted);
        var path = $"{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}";
        var fault = keeper.Faults.Next(Name, context.Request.Method, path);
        if (fault is { DelayMs: > 0 }) await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMs), keeper.RealTime, context.RequestAborted);
        if (fault is not null && FaultAnswers.Replaces(fault.Action))
        {
            keeper.Requests.Add(new RequestEntry(Name, context.Request.Method, path, FaultAnswers.Status(context.Request, fault, kind)));
            await FaultAnswers.WriteAsync(context, fault, kind, keeper.Clock.GetUtcNow());
            return;
        }

        var body = await ReadBodyAsync(context);
        if (fault?.Action == FaultAction.NearLimit) RateHeaders.NearlySpent(context.Response, kind, fault, keeper.Clock.GetUtcNow());
        if (fault?.Action == FaultAction.Delayed) RateHeaders.HeldBack(context.Response, kind, fault, keeper.Clock.GetUtcNow());
        if (fault?.Action == FaultAction.Stale && _pages.Before(context.Request.Method, path, body) is { } earlier)
        {
            keeper.Requests.Add(new RequestEntry(Name, context.Request.Method, path, StatusCodes.Status200OK));
            await SendAgainAsync(context, earlier);
            return;
        }

        await using var answer = await DispatchAsync(context, path, body, twice: fault?.Action == FaultAction.Duplicate);
        var cut = fault?.Action == FaultAction.Cut;
        keeper.Requests.Add(new RequestEntry(Name, context.Request.Method, path, cut ? 0 : context.Response.StatusCode));
        if (keeper.Faults.Any(FaultAction.Stale) && Succeeded(context)) _pages.Remember(context.Request.Method, path, body, answer.ToArray());
        if (keeper.Observer is { } observe)
            observe(new SandboxExchange(Name, context.Request.Method, path, body, context.Response.StatusCode, context.Response.ContentType, answer.ToArray()));
        await (cut ? answer.CutAsync(context) : answer.SendAsync(context));
    }

    private static Task SendAgainAsync(HttpContext context, byte[] page)
    {
        context.Response.ContentType = "application/json;charset=UTF-8";
        context.Response.ContentLength = page.Length;
        return context.Response.Body.WriteAsync(page, context.RequestAborted).AsTask();
    }

    private async Task<BufferedAnswer> DispatchAsync(HttpContext context, string path, byte[] body, bool twice)
    {
        var answer = await DispatchOnceAsync(context, path, body);
        if (!twice) return answer;
        await answer.DisposeAsync();
        context.Response.Clear();
        return await DispatchOnceAsync(context, path, body);
    }

    private Task<BufferedAnswer> DispatchOnceAsync(HttpContext context, string path, byte[] body)
    {
        context.Request.Body = new MemoryStream(body);
        return IsQuestion(context.Request)
            ? keeper.Gate.ReadAsync(() => BufferedAnswer.TakeAsync(context, _pipeline), context.RequestAborted)
            : keeper.Gate.WriteAsync(() => WriteAsync(context, path, body), context.RequestAborted);
    }

    private async Task<BufferedAnswer> WriteAsync(HttpContext context, string path, byte[] body)
    {
        var at = keeper.NowInMilliseconds();
        using var held = keeper.Clock.Hold(at);
        var answer = await BufferedAnswer.TakeAsync(context, _pipeline);
        if (!Succeeded(context)) return answer;
        var headers = KeptHeaders.Where(context.Request.Headers.ContainsKey).ToDictionary(h => h, h => context.Request.Headers[h].ToString());
        await keeper.Journal.AppendAsync(new JournaledRequest(at, Name, context.Request.Method, path, headers, body));
        RecordWrite(at, context.Request.Method, path);
        keeper.Truth.Flush();
        return answer;
    }

    private void RecordWrite(DateTimeOffset at, string method, string path) => keeper.Truth.Write(json =>
    {
        json.WriteString("act", "http-write");
        json.WriteString("tracker", Name);
        TruthFields.Instant(json, "at", at);
        json.WriteString("method", method);
        json.WriteString("path", path);
    });

    private static bool Succeeded(HttpContext context) => context.Response.StatusCode is >= 200 and < 300;

    private static bool IsQuestion(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)
        || (HttpMethods.IsPost(request.Method) && Questions.Any(q => (request.Path.Value ?? "").Contains(q, StringComparison.OrdinalIgnoreCase)));

    private static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy, context.RequestAborted);
        return copy.ToArray();
    }
}
