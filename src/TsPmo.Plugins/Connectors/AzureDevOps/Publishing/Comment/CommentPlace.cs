namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Comment;

/// <summary>Where a comment is written.</summary>
internal sealed record CommentPlace(string Item, string Project);
