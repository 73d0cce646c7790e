namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>The location service: which resources exist under which identifier, so that typed clients find their addresses.</summary>
internal static class ResourceLocations
{
    private const string Structure = "{project}/_apis/{area}/", TeamSettings = "{project}/{team}/_apis/{area}/teamsettings/";

    private static readonly Location[] All = [.. OrganisationWide(), .. WorkItems(), .. Teams(), .. Delivery()];

    public static Answer Of(ApiCall call) => Answer.List(
    [
        .. All.Where(location => call.Route("area") is not { } area || location.Area.Equals(area, StringComparison.OrdinalIgnoreCase)).Select(location => new
        {
            id = location.Id,
            area = location.Area,
            resourceName = location.Resource,
            routeTemplate = location.Template,
            resourceVersion = location.Version,
            minVersion = "1.0",
            maxVersion = call.Dialect.Newest.ToString(),
            releasedVersion = location.IsPreview ? "0.0" : call.Dialect.Released.ToString(),
        }),
    ]);

    private static Location[] OrganisationWide() =>
    [
        new("Location", "00d9565f-ed9c-4a06-9a50-00e7896ccab4", "ConnectionData", "_apis/{resource}", 1),
        new("Location", "e81700f7-3be2-46de-8624-2eb35882fcaa", "ResourceAreas", "_apis/{resource}/{areaId}", 1),
        new("core", "294c494c-2600-4d7e-b76c-3dd50c3c95be", "members", "_apis/projects/{projectId}/teams/{teamId}/{resource}", 2),
        new("core", "603fe2ac-9723-48b9-88ad-09305aa6c6e1", "projects", "_apis/{resource}/{*projectId}", 4),
        new("core", "93878975-88c5-4e6a-8abb-7ddd77a8a7d8", "processes", "_apis/process/{resource}/{processId}", 1),
        new("core", "4976a71a-4487-49aa-8aab-a1eda469037a", "properties", "_apis/projects/{projectId}/{resource}", 1, IsPreview: true),
        new("core", "7a4d9ee9-3433-4347-b47a-7a80f1cf307e", "teams", "_apis/{resource}", 3),
        new("core", "d30a3dd1-f8ba-442a-b86a-bd0c0c383e59", "teams", "_apis/projects/{projectId}/{resource}/{*teamId}", 3),
    ];

    private static Location[] WorkItems() =>
    [
        new("wit", "a70579d1-f53a-48ee-a5be-7be8659023b9", "classificationnodes", Structure + "{resource}", 2),
        new("wit", "5a172953-1b41-49d3-840a-33f79c3ce89f", "classificationnodes", Structure + "{resource}/{structureGroup}/{*path}", 2),
        new("wit", "608aac0a-32e1-4493-a863-b9cf4566d257", "comments", Structure + "workItems/{workItemId}/{resource}/{commentId}", 4, IsPreview: true),
        new("wit", "b51fd764-e5c2-4b9b-aaf7-3395cf4bdd94", "fields", Structure + "{resource}/{fieldNameOrRefName}", 3),
        new("wit", "b70d8d39-926c-465e-b927-b1bf0e5ca0e0", "recyclebin", Structure + "{resource}/{id}", 2),
        new("wit", "a00c85a5-80fa-4565-99c3-bcd2181434bb", "revisions", Structure + "workItems/{id}/{resource}/{revisionNumber}", 3),
        new("wit", "6570bf97-d02c-4a91-8d93-3abe9895b1a9", "updates", Structure + "workItems/{id}/{resource}/{updateNumber}", 4),
        new("wit", "1a9c53f7-f243-4447-b110-35ef023636e4", "wiql", "{project}/{team}/_apis/{area}/{resource}/{id}", 2),
        new("wit", "b5b5b6d0-0308-40a1-b3f4-b9bb3c66878f", "workItemLinks", Structure + "reporting/{resource}", 3),
        new("wit", "f5d33bc9-5b49-4a3c-a9bd-f3cd46dd2165", "workitemrelationtypes", "_apis/{area}/{resource}/{relation}", 2),
        new("wit", "f828fe59-dd87-495d-a17c-7a8d6211ca6c", "workItemRevisions", Structure + "reporting/{resource}", 2),
        new("wit", "62d3d110-0047-428c-ad3c-4fe872c91c74", "workItems", Structure + "{resource}/${type}", 3),
        new("wit", "72c7ddf8-2cdc-4f60-90cd-ab71c14a399b", "workItems", Structure + "{resource}/{id}", 3),
        new("wit", "908509b6-4248-4475-a1cd-829139ba419f", "workItemsBatch", Structure + "{resource}", 1),
        new("wit", "9b9f5734-36c8-415e-ba67-f83b45c31408", "workitemtypecategories", Structure + "{resource}/{category}", 2),
        new("wit", "7c8d7a76-4a09-43e8-b5df-bd792f4ac6aa", "workitemtypes", Structure + "{resource}/{type}", 2),
        new("wit", "7c9d7a76-4a09-43e8-b5df-bd792f4ac6aa", "states", Structure + "workitemtypes/{type}/{resource}", 1),
    ];

    private static Location[] Teams() =>
    [
        new("work", "7799f497-3cb5-4f16-ad4f-5cd06012db64", "backlogconfiguration", "{project}/{team}/_apis/{area}/{resource}", 1),
        new("work", "74412d15-8c1a-4352-a48d-ef1ed5587d57", "capacities", TeamSettings + "iterations/{iterationId}/{resource}/{teamMemberId}", 3),
        new("work", "1e385ce0-396b-4273-8171-d64562c18d37", "iterationcapacities", Structure + "iterations/{iterationId}/{resource}", 1),
        new("work", "c9175577-28a1-4b06-9197-8636af9f64ad", "iterations", TeamSettings + "{resource}/{id}", 1),
        new("work", "2d4faa2e-9150-4cbf-a47a-932b1b4a0773", "teamdaysoff", TeamSettings + "iterations/{iterationId}/{resource}", 1),
        new("work", "07ced576-58ed-49e6-9c1e-5cb53ab8bf2a", "teamfieldvalues", TeamSettings + "{resource}", 1),
        new("work", "f901ba42-86d2-4b0c-89c1-3f86d06daa84", "processconfiguration", Structure + "{resource}", 1),
        new("work", "c3c1012b-bea7-49d7-b45e-1664e566f84c", "teamsettings", "{project}/{team}/_apis/{area}/{resource}", 1),
        new("work", "5b3ef1a6-d3ab-44cd-bafd-c7f45db850fa", "workitems", TeamSettings + "iterations/{iterationId}/{resource}", 1),
    ];

    private static Location[] Delivery() =>
    [
        new("build", "0cd358e1-9217-4d94-8269-1c1ee6f93dcf", "builds", Structure + "{resource}/{buildId}", 7),
        new("build", "54572c7b-bbd3-45d4-80dc-28be08941620", "changes", Structure + "builds/{buildId}/{resource}", 2),
        new("build", "dbeaf647-6167-421a-bda9-c9327b25e2e6", "definitions", Structure + "{resource}/{definitionId}", 7),
        new("build", "5a21f5d2-5642-47e4-a0bd-1356e6731bee", "workitems", Structure + "builds/{buildId}/{resource}", 2),
        new("git", "225f7195-f9c7-4d14-ab28-a83f7ff77e1f", "repositories", Structure + "{resource}/{repositoryId}", 1),
        new("git", "a5d28130-9cd2-40fa-9f08-902e7daa9efb", "pullRequests", Structure + "{resource}", 2),
        new("git", "9946fd70-0d40-406e-b686-b4744cbbcc37", "pullRequests", Structure + "repositories/{repositoryId}/{resource}/{pullRequestId}", 2),
        new("Test", "77560e8a-4e8c-4d59-894e-a5f264c24444", "codecoverage", Structure + "{resource}", 1, IsPreview: true),
        new("testresults", "e009fa95-95a5-4ad4-9681-590043ce2423", "resultsummarybybuild", Structure + "{resource}", 1, IsPreview: true),
        new("wiki", "288d122c-dbd4-451d-aa5f-7dbbba070728", "wikis", Structure + "{resource}/{wikiIdentifier}", 2),
        new("Release", "b005ef73-cddc-448e-9ba2-5193bf36b19f", "deployments", Structure + "{resource}", 2),
        new("Release", "a166fde7-27ad-408e-ba75-703c2cc9d500", "releases", Structure + "{resource}/{releaseId}", 9),
    ];

    /// <param name="IsPreview">Whether the resource has no released version, so that each request must say preview.</param>
    private sealed record Location(string Area, string Id, string Resource, string Template, int Version, bool IsPreview = false);
}
