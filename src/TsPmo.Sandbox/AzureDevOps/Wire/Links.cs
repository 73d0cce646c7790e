using TsPmo.Sandbox.AzureDevOps.State;

namespace TsPmo.Sandbox.AzureDevOps.Wire;

/// <summary>The addresses answers point to, and the small objects that are mostly addresses.</summary>
internal sealed record Links(string Base)
{
    public string Project(TeamProject project) => $"{Base}/_apis/projects/{project.Id}";

    public string Team(TeamProject project, Team team) => $"{Project(project)}/teams/{team.Id}";

    /// <summary>Base of a project's own resources.</summary>
    public string In(TeamProject project) => $"{Base}/{project.Id}/_apis";

    public string In(TeamProject project, Team team) => $"{Base}/{project.Id}/{team.Id}/_apis";

    public string WorkItem(int id) => $"{Base}/_apis/wit/workItems/{id}";

    public string Build(PipelineRun run) => $"{In(run.Project)}/build/Builds/{run.Id}";

    public string Field(string reference) => $"{Base}/_apis/wit/fields/{reference}";

    public object WorkItemReference(int id) => new { id, url = WorkItem(id) };

    public object FieldReference(string reference) => new { referenceName = reference, name = FieldCatalogue.Find(reference)?.Name ?? reference, url = Field(reference) };

    public object Identity(Identity person)
    {
        var avatar = $"{Base}/_apis/GraphProfile/MemberAvatars/{person.Descriptor}";
        return new
        {
            displayName = person.DisplayName,
            url = $"{Base}/_apis/Identities/{person.Id}",
            _links = new { avatar = new { href = avatar } },
            id = person.Id,
            uniqueName = person.UniqueName,
            imageUrl = avatar,
            descriptor = person.Descriptor,
        };
    }

    public object ProjectReference(TeamProject project) => new
    {
        id = project.Id,
        name = project.Name,
        description = project.Description,
        url = Project(project),
        state = "wellFormed",
        revision = 11,
        visibility = "private",
        lastUpdateTime = "2024-01-02T03:04:05.67Z",
    };
}
