namespace TsPmo.Sandbox.AzureDevOps.State;

/// <summary>Reference names of the fields the stand-in itself reads or writes.</summary>
internal static class FieldNames
{
    public const string Id = "System.Id", Rev = "System.Rev", Watermark = "System.Watermark", RevisedDate = "System.RevisedDate";
    public const string TeamProject = "System.TeamProject", AreaPath = "System.AreaPath", AreaId = "System.AreaId", NodeName = "System.NodeName";
    public const string IterationPath = "System.IterationPath", IterationId = "System.IterationId";
    public const string WorkItemType = "System.WorkItemType", State = "System.State", Reason = "System.Reason", Title = "System.Title";
    public const string AssignedTo = "System.AssignedTo", Tags = "System.Tags", Parent = "System.Parent", IsDeleted = "System.IsDeleted";
    public const string CreatedDate = "System.CreatedDate", CreatedBy = "System.CreatedBy", ChangedDate = "System.ChangedDate", ChangedBy = "System.ChangedBy";
    public const string AuthorizedDate = "System.AuthorizedDate", History = "System.History", Description = "System.Description";
    public const string CommentCount = "System.CommentCount", HyperLinkCount = "System.HyperLinkCount", RelatedLinkCount = "System.RelatedLinkCount";
    public const string ExternalLinkCount = "System.ExternalLinkCount", AttachedFileCount = "System.AttachedFileCount", RemoteLinkCount = "System.RemoteLinkCount";

    public const string StateChangeDate = "Microsoft.VSTS.Common.StateChangeDate", Priority = "Microsoft.VSTS.Common.Priority";
    public const string ActivatedDate = "Microsoft.VSTS.Common.ActivatedDate", ActivatedBy = "Microsoft.VSTS.Common.ActivatedBy";
    public const string ResolvedDate = "Microsoft.VSTS.Common.ResolvedDate", ResolvedBy = "Microsoft.VSTS.Common.ResolvedBy";
    public const string ClosedDate = "Microsoft.VSTS.Common.ClosedDate", ClosedBy = "Microsoft.VSTS.Common.ClosedBy";

    public const string StoryPoints = "Microsoft.VSTS.Scheduling.StoryPoints", Effort = "Microsoft.VSTS.Scheduling.Effort", Size = "Microsoft.VSTS.Scheduling.Size";
    public const string OriginalEstimate = "Microsoft.VSTS.Scheduling.OriginalEstimate", RemainingWork = "Microsoft.VSTS.Scheduling.RemainingWork";
    public const string CompletedWork = "Microsoft.VSTS.Scheduling.CompletedWork", StartDate = "Microsoft.VSTS.Scheduling.StartDate";
    public const string FinishDate = "Microsoft.VSTS.Scheduling.FinishDate", TargetDate = "Microsoft.VSTS.Scheduling.TargetDate", DueDate = "Microsoft.VSTS.Scheduling.DueDate";
    public const string Blocked = "Microsoft.VSTS.CMMI.Blocked";
}
