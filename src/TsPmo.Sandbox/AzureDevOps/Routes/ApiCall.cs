using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>One request as handlers see it: what the address names, the options in the forms that real clients send, the body.</summary>
internal sealed class ApiCall(HttpContext http, ApiRoutes api, JsonElement? body)
{
    private HttpRequest Request => http.Request;

    public AzureDevOpsOrganisation Organisation => api.Organisation;

    public ApiDialect Dialect => Organisation.Dialect;

    /// <summary>The api-version that was asked for.</summary>
    public Version Version => ApiVersion.Of(Request);

    public Identity Caller => api.Bot;

    /// <summary>Now in whole milliseconds: what the tracker keeps.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = api.Clock.GetUtcNow();
            return new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        }
    }

    public JsonElement Body => body ?? throw Refusal.Bad("A request body is required.");

    public Links Links => new($"{Request.Scheme}://{Request.Host}{Request.PathBase}");

    public string Method => Request.Method;

    public string ContentType => Request.ContentType ?? string.Empty;

    public string? Route(string name) => Request.RouteValues.GetValueOrDefault(name) as string;

    public int RouteId(string name) => int.TryParse(Route(name), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw Refusal.Bad($"\"{Route(name)}\" is no id.");

    public string? Query(string name) => Request.Query.TryGetValue(name, out var value) && value.Count > 0 && value[^1] is { Length: > 0 } text ? text : null;

    /// <summary>The version that what is changed must still have; null where any will do.</summary>
    public string? IfMatch => Request.Headers.IfMatch is { Count: > 0 } version ? version.ToString() : null;

    public IReadOnlyList<string> List(string name) =>
        [.. Request.Query[name].SelectMany(value => (value ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    public IReadOnlyList<int> Ids(string name) =>
        [.. List(name).Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw Refusal.Bad($"\"{text}\" is no id."))];

    public int Number(string name, int otherwise) => Query(name) is { } text
        ? int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Refusal.Bad($"The value \"{text}\" of {name} is no number.")
        : otherwise;

    public bool Flag(string name) => Query(name) is "1" || bool.TryParse(Query(name), out var flag) && flag;

    public DateTimeOffset? Instant(string name) => Query(name) is { } text
        ? WireDate.Read(text) ?? throw Refusal.Bad($"The value \"{text}\" of {name} is no date.")
        : null;

    /// <summary>An option that comes as a word or, from typed clients, as a number.</summary>
    public string? Choice(string name, params ReadOnlySpan<(int Number, string Word)> choices) => Choose(name, Query(name), choices);

    public static string? Choose(string name, string? text, ReadOnlySpan<(int Number, string Word)> choices)
    {
        if (text is null)
            return null;
        foreach (var (number, word) in choices)
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase) || number.ToString(CultureInfo.InvariantCulture) == text)
                return word;
        throw Refusal.Bad($"The value \"{text}\" of {name} is not known.");
    }

    /// <summary>The project in the address, or null on the organisation's level.</summary>
    public TeamProject? ProjectOrNull => Route("project") is { } name ? Organisation.SeenProjects.FirstOrDefault(project => project.Is(name)) ?? throw Refusal.NoProject(name) : null;

    public TeamProject Project => ProjectOrNull ?? throw Refusal.Bad("A project name is required in the address.", "ProjectNameRequiredException");

    /// <summary>The team in the address; the project's default team where it names none.</summary>
    public Team Team => Route("team") is { } name
        ? Project.Team(name) ?? throw Refusal.NotFound($"The team with id '{name}' does not exist.", "TeamNotFoundException")
        : Project.DefaultTeam;

    public void Notify(WorkItem item, string act) => api.Notify(item, act, Now);

    /// <summary>The same address with another continuation token.</summary>
    public string NextLink(string token)
    {
        var kept = Request.Query.Where(pair => pair.Key is not ("continuationToken" or "startDateTime"))
            .SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value)));
        return Links.Base + Request.Path + QueryString.Create(kept.Append(KeyValuePair.Create("continuationToken", (string?)token)));
    }
}
