using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace TsPmo.Testing.Scale;

/// <summary>What a computed organisation answers to the paths that readers ask. How many revisions a batch holds is the server's choice; this one chooses a thousand.</summary>
internal sealed partial class AzureRoutes(AzureSite site, string origin) : IScaleRoutes
{
    /// <summary>Revisions in a batch of a feed.</summary>
    public const int Batch = 1000;

    private const int MostRows = 20_000;
    private static readonly string[] States = ["New", "Active", "Resolved", "Closed"];

    public ScaleAnswer? Find(HttpRequest request, JsonElement body)
    {
        if (PathPattern().Match(request.Path.Value ?? "") is not { Success: true } path)
            return null;
        var project = AzureSite.ProjectNames.ToList().IndexOf(path.Groups["project"].Value);
        return path.Groups["resource"].Value switch
        {
            "projects" => List(AzureSite.Projects, Project),
            "wit/fields" or "wit/fields/System.Parent" => List(0, (_, _) => { }),
            "work/processconfiguration" => Object(w => Member(w, "typeFields", f => Member(f, "Effort", e => e.WriteString("referenceName", "Microsoft.VSTS.Scheduling.StoryPoints")))),
            "wit/workitemtypes" => List(1, (w, _) => Type(w)),
            "wit/classificationnodes/iterations" => Object(w => Node(w, project)),
            "wit/reporting/workitemrevisions" => project < 0 ? NoFeed() : Revisions(project, request.Query["continuationToken"]),
            "wit/reporting/workitemlinks" => NoFeed(),
            "wit/wiql" => Query(request.HttpContext.Response, project, body.GetProperty("query").GetString() ?? ""),
            _ => List(0, (_, _) => { }),
        };
    }

    private ScaleAnswer Revisions(int project, string? token)
    {
        var begin = token is { Length: > 0 } ? int.Parse(token, CultureInfo.InvariantCulture) : 0;
        var end = Math.Min(begin + Batch, site.FeedLength);
        return async (json, flush) =>
        {
            json.WriteStartObject();
            json.WriteStartArray("values");
            for (var place = begin; place < end; place++)
            {
                Revision(json, project, site.Revision(project, place));
                await flush();
            }

            json.WriteEndArray();
            json.WriteString("continuationToken", end.ToString(CultureInfo.InvariantCulture));
            json.WriteBoolean("isLastBatch", end == site.FeedLength);
            json.WriteEndObject();
        };
    }

    private static ScaleAnswer NoFeed() => Object(w =>
    {
        w.WriteStartArray("values");
        w.WriteEndArray();
        w.WriteString("continuationToken", "end");
        w.WriteBoolean("isLastBatch", true);
    });

    /// <summary>Too many rows are an error instead of a page.</summary>
    private ScaleAnswer Query(HttpResponse response, int project, string query)
    {
        var (after, until) = (Bound(AfterPattern(), query) ?? 0, Bound(UntilPattern(), query) ?? int.MaxValue);
        var found = site.Ids(project).Where(id => id > after && id <= until).ToList();
        return found.Count > MostRows
            ? Object(w =>
            {
                response.StatusCode = StatusCodes.Status400BadRequest;
                w.WriteString("message", "VS402337: The number of work items returned exceeds the size limit of 20000.");
                w.WriteString("typeKey", "WorkItemTrackingQueryResultSizeLimitExceededException");
            })
            : Object(w =>
            {
                w.WriteStartArray("workItems");
                foreach (var id in found)
                {
                    w.WriteStartObject();
                    w.WriteNumber("id", id);
                    w.WriteString("url", $"{origin}/_apis/wit/workItems/{id}");
                    w.WriteEndObject();
                }

                w.WriteEndArray();
            });
    }

    private static int? Bound(Regex pattern, string query) => pattern.Match(query) is { Success: true } match ? int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture) : null;

    private void Revision(Utf8JsonWriter json, int project, AzureRevision revision)
    {
        json.WriteStartObject();
        json.WriteNumber("id", revision.Id);
        json.WriteNumber("rev", revision.Number);
        json.WriteStartObject("fields");
        json.WriteNumber("System.Id", revision.Id);
        json.WriteNumber("System.Rev", revision.Number);
        json.WriteString("System.TeamProject", AzureSite.ProjectName(project));
        json.WriteString("System.WorkItemType", "User Story");
        json.WriteString("System.State", States[revision.Number / 3]);
        json.WriteString("System.Title", $"Make the thing number {revision.Id} do what was agreed with those who pay for it");
        json.WriteString("System.AreaPath", $@"{AzureSite.ProjectName(project)}\Team {revision.Id % 7}");
        json.WriteString("System.IterationPath", AzureSite.ProjectName(project));
        json.WriteNumber("System.IterationId", project + 1);
        Person(json, "System.AssignedTo", (revision.Id + revision.Number) % ScaleSite.People);
        Person(json, "System.CreatedBy", revision.Id % ScaleSite.People);
        Person(json, "System.ChangedBy", (revision.Id * revision.Number) % ScaleSite.People);
        json.WriteString("System.CreatedDate", revision.Created);
        json.WriteString("System.ChangedDate", revision.At);
        json.WriteString("System.RevisedDate", revision.Until ?? new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero));
        json.WriteString("System.Tags", $"label{revision.Number % 5}; scale");
        json.WriteNumber("System.HyperLinkCount", 0);
        json.WriteNumber("System.ExternalLinkCount", 0);
        json.WriteNumber("Microsoft.VSTS.Common.Priority", 1 + (revision.Number % 4));
        json.WriteNumber("Microsoft.VSTS.Scheduling.StoryPoints", 1 + ((revision.Id + (revision.Number / 2)) % 13));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Person(Utf8JsonWriter json, string name, int person) => Member(json, name, w =>
    {
        w.WriteString("displayName", $"Person Number {person}");
        w.WriteString("url", $"{origin}/_apis/Identities/{person}");
        Member(w, "_links", l => Member(l, "avatar", a => a.WriteString("href", $"{origin}/_apis/GraphProfile/MemberAvatars/{person}")));
        w.WriteString("id", $"00000000-0000-4000-8000-{person:x12}");
        w.WriteString("uniqueName", $"person{person}@example.com");
        w.WriteString("imageUrl", $"{origin}/_apis/GraphProfile/MemberAvatars/{person}");
        w.WriteString("descriptor", $"aad.{person:x32}");
    });

    private static void Project(Utf8JsonWriter json, int project)
    {
        json.WriteString("id", $"00000000-0000-4000-9000-{project:x12}");
        json.WriteString("name", AzureSite.ProjectName(project));
        json.WriteString("state", "wellFormed");
    }

    private static void Type(Utf8JsonWriter json)
    {
        json.WriteString("name", "User Story");
        json.WriteStartArray("states");
        foreach (var (state, category) in States.Zip(["Proposed", "InProgress", "Resolved", "Completed"]))
        {
            json.WriteStartObject();
            json.WriteString("name", state);
            json.WriteString("category", category);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Node(Utf8JsonWriter json, int project)
    {
        json.WriteNumber("id", project + 1);
        json.WriteString("identifier", $"00000000-0000-4000-a000-{project:x12}");
        json.WriteString("name", AzureSite.ProjectName(project));
        json.WriteBoolean("hasChildren", false);
    }

    private static ScaleAnswer List(int count, Action<Utf8JsonWriter, int> members) => Object(w =>
    {
        w.WriteNumber("count", count);
        w.WriteStartArray("value");
        for (var i = 0; i < count; i++)
        {
            w.WriteStartObject();
            members(w, i);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    });

    private static ScaleAnswer Object(Action<Utf8JsonWriter> members) => (json, _) =>
    {
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        return Task.CompletedTask;
    };

    private static void Member(Utf8JsonWriter json, string name, Action<Utf8JsonWriter> members)
    {
        json.WriteStartObject(name);
        members(json);
        json.WriteEndObject();
    }

    [GeneratedRegex("^(/(?<project>[^/_]+))?/_apis/(?<resource>.+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"\[System\.Id\] > (?<id>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AfterPattern();

    [GeneratedRegex(@"\[System\.Id\] <= (?<id>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UntilPattern();
}
