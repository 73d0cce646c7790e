namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>An answer that says no, in the vendor's shape. Thrown wherever it is found out, written in one place.</summary>
internal sealed class Refusal(int status, string typeKey, string message, object? customProperties = null) : Exception(message)
{
    private const string Tracking = "Microsoft.TeamFoundation.WorkItemTracking.Server";

    public int Status => status;

    public Dictionary<string, object?> Body()
    {
        var body = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["$id"] = "1",
            ["innerException"] = null,
            ["message"] = Message,
            ["typeName"] = $"{Tracking}.{typeKey}, {Tracking}",
            ["typeKey"] = typeKey,
            ["errorCode"] = 0,
            ["eventId"] = status is 401 or 403 or 429 ? 3000 : 3200,
        };
        if (customProperties is not null)
            body["customProperties"] = customProperties;
        return body;
    }

    /// <summary>The body as it goes over the wire.</summary>
    public string Text() => System.Text.Json.JsonSerializer.Serialize(Body());

    public static Refusal TooMuch() =>
        new(429, "RequestBlockedException", "TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource 'ConcurrentRequests' in namespace 'User'.");

    public static Refusal Bad(string message, string typeKey = "VssPropertyValidationException") => new(400, typeKey, message);

    public static Refusal NoWorkItem(int id) =>
        new(404, "WorkItemUnauthorizedAccessException", $"TF401232: Work item {id} does not exist, or you do not have permissions to read it.");

    /// <summary>An item in an area that the caller may not read.</summary>
    public static Refusal HiddenWorkItem(int id) => new(403, "WorkItemUnauthorizedAccessException", $"TF237111: The current user does not have permissions to read work item {id} under the specified area path.");

    public static Refusal NoProject(string name) =>
        new(404, "ProjectDoesNotExistWithNameException", $"TF200016: The following project does not exist: {name}. Verify that the name of the project is correct and that the project exists on the specified Azure DevOps Server.");

    public static Refusal NotFound(string message, string typeKey) => new(404, typeKey, message);

    /// <summary>A rule of the process says no to a field's value.</summary>
    public static Refusal Rule(string field, string flags)
    {
        var message = $"TF401320: Rule Error for field {field[(field.LastIndexOf('.') + 1)..]}. Error code: {flags}.";
        return new Refusal(400, "RuleValidationException", message, new
        {
            FieldReferenceName = field,
            FieldStatusFlags = flags,
            ErrorMessage = message,
            FieldStatusCode = 524299,
            ExceptionType = "RuleValidationException",
            RuleValidationErrors = new[] { new { fieldReferenceName = field, fieldStatusFlags = flags, errorMessage = message, fieldStatusCode = 524299 } },
        });
    }

    public static Refusal Unauthorized() =>
        new(401, "UnauthorizedRequestException", "TF400813: The user '' is not authorized to access this resource.");
}
