using static TsPmo.Sandbox.AzureDevOps.State.FieldNames;

namespace TsPmo.Sandbox.AzureDevOps.State;

/// <summary>A field of the organisation. Type is the vendor's word; long texts are left out of feeds unless asked for.</summary>
internal sealed record FieldDefinition(string ReferenceName, string Name, string Type, bool ReadOnly = false)
{
    public bool IsIdentity => Type == "string" && ReferenceName.EndsWith("By", StringComparison.Ordinal) || ReferenceName == AssignedTo;

    public bool IsLongText => Type is "html" or "history" or "plainText";
}

/// <summary>The fields that exist in the organisation, found without regard to case as the real one does.</summary>
internal static class FieldCatalogue
{
    private static readonly Dictionary<string, FieldDefinition> ByName = Create().ToDictionary(field => field.ReferenceName, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyCollection<FieldDefinition> All => ByName.Values;

    public static FieldDefinition? Find(string nameOrReference) =>
        ByName.GetValueOrDefault(nameOrReference)
        ?? ByName.Values.FirstOrDefault(field => field.Name.Equals(nameOrReference, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<FieldDefinition> Create() => [.. SystemFields(), .. CommonFields(), .. SchedulingFields(), .. CustomFields()];

    private static FieldDefinition[] SystemFields() =>
    [
        new(Id, "ID", "integer", true), new(Rev, "Rev", "integer", true), new(Watermark, "Watermark", "integer", true),
        new(RevisedDate, "Revised Date", "dateTime", true), new(FieldNames.TeamProject, "Team Project", "string"), new(AreaPath, "Area Path", "treePath"),
        new(AreaId, "Area ID", "integer", true), new(NodeName, "Node Name", "string", true), new(IterationPath, "Iteration Path", "treePath"),
        new(IterationId, "Iteration ID", "integer", true), new(WorkItemType, "Work Item Type", "string"), new(FieldNames.State, "State", "string"),
        new(Reason, "Reason", "string"), new(Title, "Title", "string"), new(AssignedTo, "Assigned To", "string"), new(Tags, "Tags", "plainText"),
        new(Parent, "Parent", "integer", true), new(IsDeleted, "Is Deleted", "boolean", true), new(CreatedDate, "Created Date", "dateTime", true),
        new(CreatedBy, "Created By", "string", true), new(ChangedDate, "Changed Date", "dateTime", true), new(ChangedBy, "Changed By", "string", true),
        new(AuthorizedDate, "Authorized Date", "dateTime", true), new(History, "History", "history"), new(Description, "Description", "html"),
        new(CommentCount, "Comment Count", "integer", true), new(HyperLinkCount, "Hyperlink Count", "integer", true),
        new(RelatedLinkCount, "Related Link Count", "integer", true), new(ExternalLinkCount, "External Link Count", "integer", true),
        new(AttachedFileCount, "Attached File Count", "integer", true), new(RemoteLinkCount, "Remote Link Count", "integer", true),
    ];

    private static FieldDefinition[] CommonFields() =>
    [
        new(StateChangeDate, "State Change Date", "dateTime", true), new(ActivatedDate, "Activated Date", "dateTime", true),
        new(ActivatedBy, "Activated By", "string", true), new(ResolvedDate, "Resolved Date", "dateTime", true), new(ResolvedBy, "Resolved By", "string", true),
        new(ClosedDate, "Closed Date", "dateTime", true), new(ClosedBy, "Closed By", "string", true), new(Priority, "Priority", "integer"),
        new("Microsoft.VSTS.Common.Severity", "Severity", "string"), new("Microsoft.VSTS.Common.StackRank", "Stack Rank", "double"),
        new("Microsoft.VSTS.Common.BacklogPriority", "Backlog Priority", "double"), new("Microsoft.VSTS.Common.ValueArea", "Value Area", "string"),
        new("Microsoft.VSTS.Common.Risk", "Risk", "string"), new("Microsoft.VSTS.Common.Activity", "Activity", "string"),
        new("Microsoft.VSTS.Common.BusinessValue", "Business Value", "integer"), new(Blocked, "Blocked", "string"),
    ];

    private static FieldDefinition[] SchedulingFields() =>
    [
        new(StoryPoints, "Story Points", "double"), new(Effort, "Effort", "double"), new(Size, "Size", "double"),
        new(OriginalEstimate, "Original Estimate", "double"), new(RemainingWork, "Remaining Work", "double"), new(CompletedWork, "Completed Work", "double"),
        new(StartDate, "Start Date", "dateTime"), new(FinishDate, "Finish Date", "dateTime"), new(TargetDate, "Target Date", "dateTime"),
        new(DueDate, "Due Date", "dateTime"),
    ];

    private static FieldDefinition[] CustomFields() =>
    [
        new("Custom.PmoStatus", "PMO Status", "string"), new("Custom.PmoForecast", "PMO Forecast", "string"),
        new("Custom.PmoScheduleVariance", "PMO Schedule Variance", "string"), new("Custom.PmoDeployFrequency", "PMO Deploy Frequency", "string"),
    ];
}
