using TsPmo.Engine.Storage;
using TsPmo.Model;
using TsPmo.Model.Governance;

namespace TsPmo.Engine.Pipeline.Publish;

/// <summary>Places of publications and what is reported of them.</summary>
internal static class PublicationRows
{
    public static PublicationPlace Place(string owner, PublicationDefinition publication) =>
        new(owner, publication.Name, publication.Connector, publication.Target, publication.Anchor);

    public static PublicationRow Row(this PublicationPlace place, PublicationAction action) => new()
    {
        Project = place.Project, Publication = place.Publication, Connector = place.Connector, Target = place.Target, Anchor = place.Anchor, Action = action,
    };

    public static PublicationRow Failed(this PublicationPlace place, Problem problem) => place.Row(PublicationAction.Failed) with { Error = SyncError.Of(problem) };

    /// <summary>Whether a record is of this very place: a publication may have been moved to another since.</summary>
    public static bool IsOf(this PublicationRecord record, PublicationPlace place) =>
        record.Connector == place.Connector && record.Anchor == place.Anchor && record.Target.Equals(place.Target, StringComparison.OrdinalIgnoreCase);
}
