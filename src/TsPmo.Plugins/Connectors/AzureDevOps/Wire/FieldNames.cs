namespace TsPmo.Plugins.Connectors.AzureDevOps.Wire;

/// <summary>Reference names of the fields that are read. They are the same in every language and process.</summary>
internal static class FieldNames
{
    public const string Id = "System.Id";
    public const string TeamProject = "System.TeamProject";
    public const string WorkItemType = "System.WorkItemType";
    public const string State = "System.State";
    public const string Title = "System.Title";
    public const string AreaPath = "System.AreaPath";
    public const string IterationPath = "System.IterationPath";
    public const string IterationId = "System.IterationId";
    public const string AssignedTo = "System.AssignedTo";
    public const string CreatedDate = "System.CreatedDate";
    public const string CreatedBy = "System.CreatedBy";
    public const string ChangedDate = "System.ChangedDate";
    public const string ChangedBy = "System.ChangedBy";
    public const string Tags = "System.Tags";
    public const string Parent = "System.Parent";
    public const string RevisedDate = "System.RevisedDate";
    public const string IsDeleted = "System.IsDeleted";
    public const string HyperLinkCount = "System.HyperLinkCount";
    public const string ExternalLinkCount = "System.ExternalLinkCount";
    public const string Priority = "Microsoft.VSTS.Common.Priority";
    public const string Blocked = "Microsoft.VSTS.CMMI.Blocked";
    public const string StoryPoints = "Microsoft.VSTS.Scheduling.StoryPoints";
    public const string Effort = "Microsoft.VSTS.Scheduling.Effort";
    public const string Size = "Microsoft.VSTS.Scheduling.Size";
    public const string OriginalEstimate = "Microsoft.VSTS.Scheduling.OriginalEstimate";
    public const string RemainingWork = "Microsoft.VSTS.Scheduling.RemainingWork";
    public const string CompletedWork = "Microsoft.VSTS.Scheduling.CompletedWork";
    public const string StartDate = "Microsoft.VSTS.Scheduling.StartDate";
    public const string TargetDate = "Microsoft.VSTS.Scheduling.TargetDate";
    public const string FinishDate = "Microsoft.VSTS.Scheduling.FinishDate";
    public const string DueDate = "Microsoft.VSTS.Scheduling.DueDate";

    /// <summary>Sizes that the vendor's processes use.</summary>
    public static readonly IReadOnlyList<string> Points = [StoryPoints, Effort, Size];

    /// <summary>Planned finishes in the order in which the first with a value is taken.</summary>
    public static readonly IReadOnlyList<string> Finishes = [TargetDate, FinishDate, DueDate];

    /// <summary>Fields without which a revision cannot be placed.</summary>
    public static readonly IReadOnlyList<string> Required = [State, TeamProject];

    /// <summary>Fields that hold a number.</summary>
    public static readonly IReadOnlyList<string> Numbers = [Priority, Parent, .. Points, OriginalEstimate, RemainingWork, CompletedWork];

    /// <summary>Fields that hold a date.</summary>
    public static readonly IReadOnlyList<string> Dates = [StartDate, .. Finishes, CreatedDate];

    /// <summary>What is read of every revision, besides the organisation's own sizes and dates.</summary>
    public static readonly IReadOnlyList<string> Read =
    [
        Id, "System.Rev", TeamProject, WorkItemType, State, Title, AreaPath, IterationPath, IterationId, AssignedTo, CreatedDate, CreatedBy,
        ChangedDate, ChangedBy, RevisedDate, Tags, Parent, IsDeleted, HyperLinkCount, ExternalLinkCount, Priority, Blocked, .. Points, OriginalEstimate, RemainingWork, CompletedWork,
        StartDate, .. Finishes,
    ];

    /// <summary>Whether an organisation made the field itself; the vendor's own beginnings are reserved.</summary>
    public static bool IsOwn(string field) =>
        !field.StartsWith("System.", StringComparison.OrdinalIgnoreCase)
        && !field.StartsWith("Microsoft.", StringComparison.OrdinalIgnoreCase)
        && !field.StartsWith("WEF_", StringComparison.OrdinalIgnoreCase);
}
