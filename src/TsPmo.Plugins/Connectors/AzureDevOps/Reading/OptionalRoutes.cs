using System.Net;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// Resources that a server may lack or a token may not read, and that the rest can do without. Each is told once and passed over from then on; the nightly reading tries again.
/// What an account may not read in one project is passed over in that one alone.
/// A run of whose tests the server refuses to tell is told once for all of its kind, and the next is asked for. Only the server's word that it knows no such address, or a list that is
/// not there, means that a resource is lacking: a run or a pull request that is gone says nothing of the others.
/// </summary>
internal sealed class OptionalRoutes(AzureDevOpsClient client, IEnumerable<string> missing)
{
    /// <summary>The list of test runs.</summary>
    public const string TestRuns = "test/runs";

    /// <summary>Pull requests by their commits.</summary>
    public const string PullRequestQuery = "git/pullrequestquery";

    /// <summary>The list of pull requests.</summary>
    public const string PullRequests = "git/pullrequests";

    /// <summary>A pull request with its commits and items.</summary>
    public const string PullRequest = "git/pullrequest";

    private readonly SortedSet<string> _missing = new(missing, StringComparer.Ordinal);
    private readonly List<ReadNotice> _notices = [];
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Names of the resources that are passed over, each followed by its project where it is so in one alone.</summary>
    public IReadOnlyList<string> Missing
    {
        get
        {
            lock (_gate)
                return [.. _missing];
        }
    }

    /// <summary>What has been noticed since the last call.</summary>
    public IReadOnlyList<ReadNotice> TakeNotices()
    {
        lock (_gate)
        {
            ReadNotice[] notices = [.. _notices];
            _notices.Clear();
            return notices;
        }
    }

    /// <summary>An answer; null where the resource is passed over or the thing asked for is gone.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="what">What it tells, in an administrator's words; null where another place is asked next, so that nothing is said of this one.</param>
    /// <param name="path">Its address.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="options">Options of the address.</param>
    public Task<ApiAnswer?> GetAsync(string resource, string? what, string path, CancellationToken cancellationToken, params (string Name, string? Value)[] options) =>
        SendAsync(new ApiCall(HttpMethod.Get, resource, path) { Options = options }, what, cancellationToken);

    /// <summary>The answer to a question that goes in the body; null as with <see cref="GetAsync"/>.</summary>
    public Task<ApiAnswer?> AskAsync(string resource, string? what, string path, JsonElement question, CancellationToken cancellationToken) =>
        SendAsync(ApiCall.Question(resource, path, question), what, cancellationToken);

    /// <summary>Says something about a resource.</summary>
    public void Say(Problem problem)
    {
        lock (_gate)
            _notices.Add(new ReadNotice(problem));
    }

    private async Task<ApiAnswer?> SendAsync(ApiCall call, string? what, CancellationToken cancellationToken)
    {
        var resource = call.Resource;
        var refused = $"{resource} in {PlaceOf(call.Path)}";
        if (IsMissing(resource) || IsMissing(refused))
            return null;
        try
        {
            var answer = await client.SendAsync(call with { Expected = [HttpStatusCode.NotFound] }, cancellationToken);
            if (answer.Status != HttpStatusCode.NotFound)
                return answer;
            if (IsOfRoute(resource, answer.Body.Text("typeKey")))
                Miss(resource, what is null ? null : Absent(resource, what));
            return null;
        }
        catch (TrackerException e) when (e.Status == 400 && IsReplaceable(resource))
        {
            Miss(resource, null);
            return null;
        }
        catch (TrackerException e) when (e.Status == 400 && IsOfTests(resource))
        {
            Refuse(resource, what is null ? null : e.Problem with { Scope = what });
            return null;
        }
        // A right is given project by project, a scope for all.
        catch (TrackerException e) when (e.Problem.Code == "forbidden")
        {
            Miss(refused, what is null ? null : Refusal(e.Problem, what));
            return null;
        }
        // A token that lacks a scope is refused with either status; one that is no good ends everything.
        catch (TrackerException e) when (e.Status is 401 or 403 or 404 && !TrackerProblems.ConcernsAll(e.Problem))
        {
            Miss(resource, what is null ? null : e.Status == 404 ? Absent(resource, what) : Refusal(e.Problem, what));
            return null;
        }
    }

    // A thing that is gone is told with a kind of its own, or with none.
    private static bool IsOfRoute(string resource, string? kind) => kind == "VssResourceNotFoundException" || (kind is null && resource is TestRuns or PullRequestQuery or PullRequests);

    /// <summary>Whether the same can be asked in another way, which older servers understand.</summary>
    private static bool IsReplaceable(string resource) => resource is PullRequestQuery or PullRequest;

    /// <summary>What the tests said comes with the runs, which must go on; what a run brought waits for the next reading.</summary>
    private static bool IsOfTests(string resource) => resource.StartsWith("test", StringComparison.Ordinal);

    private bool IsMissing(string resource)
    {
        lock (_gate)
            return _missing.Contains(resource);
    }

    private void Miss(string resource, Problem? problem) => Take(_missing, resource, problem);

    private void Refuse(string resource, Problem? problem) => Take(_refused, resource, problem);

    private void Take(ISet<string> resources, string resource, Problem? problem)
    {
        lock (_gate)
        {
            if (resources.Add(resource) && problem is not null)
                _notices.Add(new ReadNotice(problem));
        }
    }

    /// <summary>The project that an address is of.</summary>
    private static string PlaceOf(string path) => path.Split("/_apis/", 2)[0].Split('/')[^1];

    private static Problem Refusal(Problem problem, string what) => problem with { Scope = what, Remedy = $"{problem.Remedy} For {what} see the scopes in the connector's README." };

    private static Problem Absent(string resource, string what) => new(
        "not-found",
        $"This server does not offer {what} ({resource}); what depends on it stays unknown.",
        "Nothing need be done. Where the server should offer it, check TestResultsUrl and the server's version; it is tried again every night.") { Scope = what };
}
