using TsPmo.Model;
using TsPmo.Model.Publishing;

namespace TsPmo.Plugins.Connectors.Jira.Publishing;

/// <summary>Whether an edit can be kept from being mailed.</summary>
internal static class Loudness
{
    /// <summary>Asked for with an edit, so that nobody is mailed about it. Cloud takes no notice of it and Data Center refuses it where the account may not ask.</summary>
    public const string Silent = "notifyUsers=false";

    /// <summary>Whether the account may ask for silence on an issue.</summary>
    public static async Task<bool> MaySilenceAsync(JiraClient client, JiraSession session, string anchor, CancellationToken cancellationToken) =>
        await Permissions.GrantedAsync(client, session, Anchor.Query(anchor), Permissions.Administration, cancellationToken) is { Count: > 0 };

    /// <summary>Why something loud is not written.</summary>
    /// <param name="client">The connector's client.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="what">What would be written.</param>
    public static Problem NotAllowed(JiraClient client, PublicationRequest request, string what) => new(
        "notifications-not-allowed",
        $"Writing the {what} of '{request.Id}' on {request.Anchor} would send mail, and notifications are not allowed.",
        $"Use the target Property, or allow notifications. Edits of fields, and in Jira Cloud of comments, are silent where the account of '{client.Name}' may administer the project.")
    { Scope = request.Id };
}
