using System.Globalization;
using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>Runs of pipelines as builds.</summary>
internal static class BuildRoutes
{
    private const int LargestPage = 5000;

    private static readonly (int, string)[] Statuses = [(0, "none"), (1, "inProgress"), (2, "completed"), (4, "cancelling"), (8, "postponed"), (32, "notStarted"), (47, "all")];
    private static readonly (int, string)[] Results = [(0, "none"), (2, "succeeded"), (4, "partiallySucceeded"), (8, "failed"), (32, "canceled")];
    private static readonly (int, string)[] Orders =
    [
        (2, "finishTimeAscending"), (3, "finishTimeDescending"), (4, "queueTimeDescending"), (5, "queueTimeAscending"), (6, "startTimeDescending"), (7, "startTimeAscending"),
    ];

    public static void Map(RouteTable routes)
    {
        routes.Project(HttpMethods.Get, "build/builds", Builds);
        routes.Project(HttpMethods.Get, "build/builds/{build}", call => new Answer(Write(call, Run(call))));
        routes.Project(HttpMethods.Get, "build/builds/{build}/changes", call => Changes(call, [Run(call)]));
        routes.Project(HttpMethods.Get, "build/builds/{build}/workitems", call => WorkItems(call, [Run(call)]));
        routes.Project(HttpMethods.Get, "build/changes", call => Changes(call, Between(call)));
        routes.Project(HttpMethods.Get, "build/workitems", call => WorkItems(call, Between(call)));
        routes.Project(HttpMethods.Get, "build/definitions", Definitions);
        routes.Project(HttpMethods.Get, "build/definitions/{definition}", call => new Answer(Definition(call, Named(call))));
    }

    /// <summary>minTime and maxTime bound the time that the order names; the token is the place after the last row of that order.</summary>
    private static Answer Builds(ApiCall call)
    {
        var order = call.Choice("queryOrder", Orders) ?? "finishTimeDescending";
        var (descending, size) = (order.EndsWith("Descending", StringComparison.Ordinal), Math.Clamp(call.Number("$top", 1000), 1, LargestPage));
        var runs = call.Organisation.Delivery.Runs.Where(Filter(call, order)).OrderBy(run => Time(run, order)).ThenBy(run => run.Id);
        var ordered = descending ? runs.Reverse() : runs;
        if (call.Query("continuationToken") is { } token)
            ordered = ordered.Where(run => IsBehind(run, order, token, descending));
        var page = ordered.Take(size + 1).ToList();
        return Answer.List([.. page.Take(size).Select(run => Write(call, run))], page.Count > size ? Token(page[size - 1], order) : null);
    }

    private static Func<PipelineRun, bool> Filter(ApiCall call, string order)
    {
        var (project, definitions, ids) = (call.Project, call.Ids("definitions"), call.Ids("buildIds"));
        var (status, result, branch) = (call.Choice("statusFilter", Statuses) ?? "all", call.Choice("resultFilter", Results), call.Query("branchName"));
        var (from, to) = (call.Instant("minTime"), call.Instant("maxTime"));
        return run => run.Project == project
            && (definitions.Count == 0 || definitions.Contains(run.Definition.Id))
            && (ids.Count == 0 || ids.Contains(run.Id))
            && (status == "all" || status == Status(run))
            && (result is null || result == run.Result)
            && (branch is null or "refs/heads/main")
            && (from is null || Time(run, order) >= from)
            && (to is null || Time(run, order) <= to);
    }

    private static string Status(PipelineRun run) => run.Result is null ? "inProgress" : "completed";

    private static DateTimeOffset Time(PipelineRun run, string order) => order switch
    {
        _ when order.StartsWith("queue", StringComparison.Ordinal) => run.QueuedAt,
        _ when order.StartsWith("start", StringComparison.Ordinal) => run.StartedAt,
        _ => run.FinishedAt ?? WireDate.OpenEnd,
    };

    private static string Token(PipelineRun run, string order) => string.Create(CultureInfo.InvariantCulture, $"{Time(run, order).UtcTicks};{run.Id}");

    private static bool IsBehind(PipelineRun run, string order, string token, bool descending)
    {
        var parts = token.Split(';');
        if (parts.Length != 2 || !long.TryParse(parts[0], CultureInfo.InvariantCulture, out var ticks) || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var id))
            throw Refusal.Bad($"The continuation token \"{token}\" is not valid.", "InvalidContinuationTokenException");
        var compared = (Time(run, order).UtcTicks, run.Id).CompareTo((ticks, id));
        return descending ? compared < 0 : compared > 0;
    }

    private static PipelineRun Run(ApiCall call) => Existing(call, call.RouteId("build"));

    private static PipelineRun Existing(ApiCall call, int id) => call.Organisation.Delivery.Run(call.Project, id)
        ?? throw Refusal.NotFound($"The requested build {id} could not be found.", "BuildNotFoundException");

    /// <summary>The runs of a pipeline after one and up to another, oldest first.</summary>
    private static IReadOnlyList<PipelineRun> Between(ApiCall call)
    {
        var (from, to) = (Existing(call, call.Number("fromBuildId", 0)), Existing(call, call.Number("toBuildId", 0)));
        return [.. call.Organisation.Delivery.Runs.Where(run => run.Definition == to.Definition && run.Id > from.Id && run.Id <= to.Id)];
    }

    private static Answer Changes(ApiCall call, IReadOnlyList<PipelineRun> runs) => Answer.List(
    [
        .. runs.Reverse().SelectMany(run => (call.Organisation.Delivery.Brought(run)?.Commits ?? []).Reverse().Select(commit => Change(call, run, commit))).Take(call.Number("$top", 50)),
    ]);

    private static object Change(ApiCall call, PipelineRun run, World.CommitSpec commit) => new
    {
        id = commit.Revision,
        message = commit.Revision == run.Revision ? "Merge into main" : "Work on it",
        type = "TfsGit",
        author = call.Links.Identity(call.Caller),
        timestamp = WireDate.WriteFine(commit.At),
        location = $"{call.Links.In(run.Project)}/git/repositories/{run.Project.Id}/commits/{commit.Revision}",
        displayUri = $"{call.Links.Base}/{run.Project.Id}/_git/{run.Project.Id}/commit/{commit.Revision}",
    };

    private static Answer WorkItems(ApiCall call, IReadOnlyList<PipelineRun> runs) => Answer.List(
    [
        .. runs.SelectMany(run => call.Organisation.Delivery.Brought(run)?.WorkItems ?? []).Distinct(StringComparer.Ordinal).Take(call.Number("$top", 50))
            .Select(id => new { id, url = call.Links.WorkItem(Acts.ItemId.Parse(id)) }),
    ]);

    private static Answer Definitions(ApiCall call)
    {
        var (project, name) = (call.Project, call.Query("name"));
        var all = call.Organisation.Delivery.Definitions.Where(definition => !definition.IsRelease && definition.Project == project && (name is null || Matches(definition.Name, name))).ToList();
        return Answer.Page(all, call.Number("continuationToken", 0), call.Number("$top", 1000), definition => Definition(call, definition));
    }

    private static bool Matches(string name, string pattern) => pattern.EndsWith('*')
        ? name.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
        : name.Equals(pattern, StringComparison.OrdinalIgnoreCase);

    private static PipelineDefinition Named(ApiCall call)
    {
        var id = call.RouteId("definition");
        return call.Organisation.Delivery.Definitions.Find(definition => definition.Id == id && !definition.IsRelease && definition.Project == call.Project)
            ?? throw Refusal.NotFound($"Build definition {id} does not exist.", "DefinitionNotFoundException");
    }

    private static object Definition(ApiCall call, PipelineDefinition definition) => new
    {
        id = definition.Id,
        name = definition.Name,
        url = $"{call.Links.In(definition.Project)}/build/Definitions/{definition.Id}?revision=1",
        uri = $"vstfs:///Build/Definition/{definition.Id}",
        path = "\\",
        type = "build",
        queueStatus = "enabled",
        revision = 1,
        project = call.Links.ProjectReference(definition.Project),
    };

    private static object Write(ApiCall call, PipelineRun run) => new
    {
        _links = new { self = new { href = call.Links.Build(run) }, web = new { href = $"{call.Links.Base}/{run.Project.Id}/_build/results?buildId={run.Id}" } },
        properties = new Dictionary<string, string>(StringComparer.Ordinal),
        tags = Array.Empty<string>(),
        validationResults = Array.Empty<object>(),
        plans = new[] { new { planId = run.PlanId } },
        triggerInfo = new Dictionary<string, string>(StringComparer.Ordinal) { ["ci.sourceBranch"] = "refs/heads/main", ["ci.sourceSha"] = run.Revision, ["ci.message"] = "Merge into main" },
        id = run.Id,
        buildNumber = run.Number,
        status = Status(run),
        result = run.Result,
        queueTime = WireDate.WriteFine(run.QueuedAt),
        startTime = WireDate.WriteFine(run.StartedAt),
        finishTime = WireDate.WriteFine(run.FinishedAt),
        url = call.Links.Build(run),
        definition = Definition(call, run.Definition),
        project = call.Links.ProjectReference(run.Project),
        uri = $"vstfs:///Build/Build/{run.Id}",
        repository = new { id = run.Project.Id, name = run.Project.Name, type = "TfsGit", url = $"{call.Links.Base}/{run.Project.Id}/_git/{run.Project.Id}" },
        sourceBranch = "refs/heads/main",
        sourceVersion = run.Revision,
        priority = "normal",
        reason = "individualCI",
        lastChangedDate = WireDate.WriteFine(run.FinishedAt ?? run.StartedAt),
        retainedByRelease = false,
        appendCommitMessageToRunName = true,
    };
}
