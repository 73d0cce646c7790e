using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>Which of the wanted projects are there, and what is said about parts that cannot be read.</summary>
internal sealed class ReadingScope(string connector, AzureDevOpsClient client, ReadRequest request)
{
    /// <summary>Code of a project that is not there.</summary>
    public const string ProjectUnknown = "project-unknown";

    /// <summary>What the tracker's words about a project that does not exist, or not for us, hold: by its name, and by its id.</summary>
    private static readonly string[] NoSuchProject = ["TF200016", "VS800075"];

    public ReadRequest Request => request;

    public bool Includes(string? project) => project is not null && request.Projects.Contains(project, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a project is wanted and was there when the projects were last listed, which every pass does first.</summary>
    public bool Finds(string project) => Includes(project) && client.Listed?.Any(p => p.Name.Equals(project, StringComparison.OrdinalIgnoreCase)) != false;

    /// <summary>The wanted projects that exist, in the tracker's spelling, ordered by name.</summary>
    public async Task<IReadOnlyList<TeamProject>> ProjectsAsync(CancellationToken cancellationToken) =>
        [.. (await client.ProjectsAsync(cancellationToken)).Where(p => Includes(p.Name)).OrderBy(p => p.Name, StringComparer.Ordinal)];

    public IEnumerable<ReadNotice> Missing(IReadOnlyList<TeamProject> found) =>
        request.Projects.Where(name => !found.Any(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))).Select(name => new ReadNotice(Unknown(connector, client.Base, name)));

    public static Problem Unknown(string connector, string address, string project) => new(
        ProjectUnknown,
        $"Connector '{connector}' finds no project '{project}' at {address}.",
        $"Check the name in TsPmo:Connectors:{connector}:Projects and in the sources of TsPmo:Projects, and that the token's account may see the project.")
    {
        Scope = project,
    };

    /// <summary>What a part's failure is to the rest: the end where every part would meet it, nothing where the server has no such part, else a notice.</summary>
    public static ReadStep? Failure(TrackerException failure, string part) =>
        TrackerProblems.ConcernsAll(failure.Problem) ? new ReadFailure(failure.Problem with { Scope = failure.Problem.Scope ?? part })
        : failure.Status == 404 && !IsNoSuchProject(failure) ? null : Lost(failure, part);

    /// <summary>What a part's failure is to the rest: nothing when its project is not there (the catalogue has said so), else a notice.</summary>
    public static ReadNotice? Notice(TrackerException failure, string part) => IsNoSuchProject(failure) ? null : Said(failure, part);

    /// <summary>As <see cref="Notice"/>, of a project that was there when this pass listed the projects: that it is gone is told.</summary>
    public static ReadNotice Lost(TrackerException failure, string project) => IsNoSuchProject(failure) ? new(Vanished(failure.Problem, project)) : Said(failure, project);

    private static ReadNotice Said(TrackerException failure, string part)
    {
        var remedy = failure.Problem.Code == "forbidden" ? $"{failure.Problem.Remedy} For {part} see the scopes in the connector's README." : failure.Problem.Remedy;
        return new(failure.Problem with { Scope = part, Remedy = remedy });
    }

    /// <summary>Whether the tracker says that the project itself does not exist, or not for us.</summary>
    public static bool IsNoSuchProject(TrackerException failure) => failure.Status == 404 && Array.Exists(NoSuchProject, code => failure.Problem.Message.Contains(code, StringComparison.Ordinal));

    private static Problem Vanished(Problem problem, string project) => problem with
    {
        Code = ProjectUnknown,
        Remedy = "It was there when this pass began. If it was deleted or renamed, change TsPmo:Connectors and the sources of TsPmo:Projects; if not, the token's account has lost the right to see it. What was read stays.",
        Scope = project,
    };
}
