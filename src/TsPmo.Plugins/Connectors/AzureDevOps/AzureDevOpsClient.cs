using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps;

/// <summary>A thin typed client for exactly the endpoints that are used. Answers are JSON as it came; failures are <see cref="TrackerException"/>.</summary>
internal sealed class AzureDevOpsClient
{
    private readonly TrackerHttp _http;
    private readonly ApiVersions _versions = new();
    private readonly AzureDevOpsAddress _address;

    public AzureDevOpsClient(ConnectorSetup setup)
    {
        _address = AzureDevOpsAddress.Of(setup.Options);
        FirstProject = setup.Options.Projects.Count > 0 ? setup.Options.Projects[0] : null;
        // Without the header a failed sign-in is a page with status 203.
        _http = new(setup, new HttpDialect
        {
            Headers = [("X-TFS-FedAuthRedirect", "Suppress")],
            ReadError = body => body.Text("message"),
            ReadHeadroom = AzureDevOpsLimits.Headroom,
            IsMissingScope = text => text.Contains("vso.", StringComparison.Ordinal),
            OtherOrigins = [new Uri(_address.Release), new Uri(_address.TestResults)],
        });
    }

    /// <summary>Address of the organisation or collection, without a slash at the end.</summary>
    public string Base => _address.Base;

    /// <summary>The first of the projects that the connector names; null where it names none.</summary>
    public string? FirstProject { get; }

    /// <summary>Address of classic release management, without a slash at the end.</summary>
    public string Release => _address.Release;

    /// <summary>Address of test results, without a slash at the end.</summary>
    public string TestResults => _address.TestResults;

    /// <summary>What the address names besides the organisation, where it does.</summary>
    public string? SurplusOfAddress => _address.Surplus;

    /// <summary>The api-version that the server was found to answer.</summary>
    public string Version => _versions.Current;

    public Traffic Total => _http.Total;

    public string? Headroom => _http.Headroom;

    /// <summary>When the token in use expires; null where that is not known.</summary>
    public DateTimeOffset? TokenExpires => _http.TokenExpires;

    /// <summary>Lets the credential be tried again. Called where a pass, a probe or a look around begins.</summary>
    public void BeginSignIn() => _http.BeginSignIn();

    /// <summary>Address a person opens for an item.</summary>
    public static string ItemAddress(string baseAddress, string project, string id) => $"{baseAddress}/{Uri.EscapeDataString(project)}/_workitems/edit/{id}";

    /// <summary>Sends a call, stepping the api-version down as far as the server asks for it.</summary>
    public async Task<ApiAnswer> SendAsync(ApiCall call, CancellationToken cancellationToken)
    {
        while (true)
        {
            var version = call.Version ?? _versions.For(call.Resource);
            var request = new TrackerRequest(call.Method, call.Address(version))
            {
                Body = call.Body,
                ContentType = call.ContentType,
                Headers = call.Headers,
                IsIdempotent = call.IsIdempotent,
                Expected = [.. call.Expected, HttpStatusCode.BadRequest],
                SetAside = call.SetAside,
            };
            using var answer = await _http.SendAsync(request, cancellationToken);
            if (answer.Status != HttpStatusCode.BadRequest)
                return new(answer.Status, answer.Body is null ? default : answer.Root.Clone(), answer.Headers);
            if (call.Version is not null || !_versions.Learn(call.Resource, version, answer.Root.Text("typeKey"), answer.Root.Text("message")))
                throw Refused(request, answer);
        }
    }

    /// <summary>A read.</summary>
    public Task<ApiAnswer> GetAsync(string resource, string path, CancellationToken cancellationToken, params (string Name, string? Value)[] options) =>
        SendAsync(new ApiCall(HttpMethod.Get, resource, path) { Options = options }, cancellationToken);

    /// <summary>A read by POST.</summary>
    public Task<ApiAnswer> AskAsync(string resource, string path, JsonElement body, CancellationToken cancellationToken, params (string Name, string? Value)[] options) =>
        SendAsync(ApiCall.Question(resource, path, body) with { Options = options }, cancellationToken);

    /// <summary>Every page of a list whose next page is named in a header.</summary>
    public async IAsyncEnumerable<IReadOnlyList<JsonElement>> PagesAsync(
        string resource, string path, (string Name, string? Value)[] options, [EnumeratorCancellation] CancellationToken cancellationToken, string? version = null)
    {
        var trail = new TokenTrail(resource);
        string? token = null;
        do
        {
            var call = new ApiCall(HttpMethod.Get, resource, path) { Options = [.. options, ("continuationToken", token)], Version = version };
            var answer = await SendAsync(call, cancellationToken);
            yield return [.. answer.Body.Items("value")];
            token = trail.Next(answer);
        }
        while (token is not null);
    }

    /// <summary>The projects as they were last listed; null before that.</summary>
    public IReadOnlyList<TeamProject>? Listed { get; private set; }

    /// <summary>Projects that are complete and visible to us.</summary>
    public async Task<IReadOnlyList<TeamProject>> ProjectsAsync(CancellationToken cancellationToken)
    {
        var projects = new List<TeamProject>();
        await foreach (var page in PagesAsync("projects", "_apis/projects", [("stateFilter", "wellFormed"), ("$top", "100")], cancellationToken))
            projects.AddRange(page.Select(p => new TeamProject(p.Text("id") ?? "", p.Text("name") ?? "")));
        // One that is made while the pages are turned pushes another onto the next page too.
        Listed = [.. projects.DistinctBy(p => p.Name, StringComparer.OrdinalIgnoreCase)];
        return Listed;
    }

    /// <summary>Teams of a project.</summary>
    public async Task<IReadOnlyList<JsonElement>> TeamsAsync(string projectId, CancellationToken cancellationToken)
    {
        const int size = 100;
        var teams = new List<JsonElement>();
        while (true)
        {
            var skip = teams.Count.ToString(CultureInfo.InvariantCulture);
            var answer = await GetAsync("projects/teams", $"_apis/projects/{projectId}/teams", cancellationToken, ("$top", "100"), ("$skip", skip));
            var page = answer.Body.Items("value").ToList();
            // A server that does not skip gives the same ones for ever.
            var news = page.ExceptBy(teams.Select(t => t.Text("id")), t => t.Text("id"), StringComparer.Ordinal).ToList();
            teams.AddRange(news);
            if (page.Count < size || news.Count == 0)
                return teams;
        }
    }

    /// <summary>One item as it stands, or null when there is none that we may see.</summary>
    public async Task<JsonElement?> ItemAsync(string id, CancellationToken cancellationToken, bool relations = false)
    {
        var call = new ApiCall(HttpMethod.Get, "wit/workitems", $"_apis/wit/workitems/{id}")
        {
            Options = [("$expand", relations ? "relations" : null)],
            Expected = [HttpStatusCode.NotFound],
        };
        var answer = await SendAsync(call, cancellationToken);
        return answer.Status == HttpStatusCode.NotFound ? null : answer.Body;
    }

    /// <summary>Names a path segment that may hold any characters.</summary>
    public static string Segment(string name) => Uri.EscapeDataString(name);

    // A limit can also come with the status of a request that was wrong.
    private TrackerException Refused(TrackerRequest request, TrackerAnswer answer)
    {
        var words = answer.Root.Text("message");
        var status = words?.StartsWith(AzureDevOpsLimits.Blocked, StringComparison.Ordinal) == true ? HttpStatusCode.TooManyRequests : answer.Status;
        return new(_http.Problems.Status(status, AnswerReader.Shown(request), words), (int)status);
    }
}

/// <summary>A project of the tracker.</summary>
internal sealed record TeamProject(string Id, string Name)
{
    /// <summary>The name as part of a path.</summary>
    public string Segment => AzureDevOpsClient.Segment(Name);
}
