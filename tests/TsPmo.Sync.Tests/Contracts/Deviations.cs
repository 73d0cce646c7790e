namespace TsPmo.Sync.Tests.Contracts;

/// <summary>Where the wire is known to differ from the vendors' documents. One line each with the note that justifies it; an entry that nothing uses fails the test.</summary>
internal static class Deviations
{
    private const string Notes = "API-NOTES";

    public static readonly IReadOnlyList<Deviation> All =
    [
        new("ado", "GET /demo/_apis/connectionData", "request path", "is not declared", $"{Notes} 7 and 14: who am I; the location service has no document in the pack"),
        new("ado", "GET /demo/[^/]+/_apis/wit/classificationnodes/iterations", "request path", "is not declared", $"{Notes} 9.5: the whole tree is read by $depth; the document knows the route with a path only"),
        new("ado", ".*/wit/(reporting/workitem(links|revisions)|workitems/\\{id\\}|workitemsbatch|fields(/\\{fieldNameOrRefName\\})?)", "request path", "leaves the project out", $"{Notes} 9.1: only the organisation's routes see items that move between projects"),
        new("ado", "PATCH .*/wit/workitems/\\{id\\}", "request body", "is Array .*", $"{Notes} 11: a JSON patch is an array; the document says object"),
        new("ado", "GET .*/release/deployments", "answer body.*", "null is not allowed", $"{Notes} 10: the vendor's own sample of a deployment carries these nulls"),
        new("ado", "POST .*/wit/wiql", "request path", "leaves the project out", $"{Notes} 9.2: the route works for the whole organisation too; the document demands a project and a team"),
        new("ado", "GET .*/testresults/codecoverage", "answer status", "400 is not declared", $"{Notes} 7: a resource that is only a preview refuses the plain version; it is asked once and remembered"),
        new("ado", "GET .*/test/runs", "request \\?(min|max)LastUpdatedDate|request \\?continuationToken", "is not declared", $"{Notes} 10: test runs are listed by when they were updated, a week at most; the document knows the list without bounds"),
        new("ado", "GET /demo/_apis/permissions/[^/]+/\\d+", "request path", "is not declared", $"{Notes} 11: whether mails may be suppressed; the security service has no document in the pack"),
        new("dc", "GET /rest/pat/latest/tokens", "request path", "is not declared", $"{Notes} 6: personal access tokens with their ends; they have no document in the pack"),
        new("cloud", "POST .*/changelog/bulkfetch", "answer .*items\\[\\]\\.(from|fromString|to|toString)", "null is not allowed", $"{Notes} 2.5: an empty side of a change is null; the document knows no null"),
        new("dc", "POST /api/2/search", "answer .*items\\[\\]\\.(from|fromString|to|toString)", "null is not allowed", $"{Notes} 6: an empty side of a change is null; the document knows no null"),
        new("cloud|dc", "GET .*/board/\\{boardId\\}/sprint", "request \\?state", "is String .*", $"{Notes} 3: states joined by commas; the document declares the filter as an object"),
        new("dc", "(GET|PUT) .*/properties/\\{propertyKey\\}", "(request|answer) body.*", "is Object .*", $"{Notes} 4: a property holds any JSON; the document says string"),
        new("dc", "POST /api/2/worklog/list", "answer body", "is Array .*", $"{Notes} 6: a list endpoint that the vendor declares as a single item"),
    ];
}
