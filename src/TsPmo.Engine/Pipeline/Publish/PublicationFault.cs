using Microsoft.Extensions.Logging;
using TsPmo.Engine.Storage;
using TsPmo.Model;

namespace TsPmo.Engine.Pipeline.Publish;

/// <summary>A fault of this program at one publication: its words go to the log, its row says that it failed, and the rest goes on.</summary>
internal static partial class PublicationFault
{
    /// <summary>Whether it is a fault and not the request to stop; a cancellation that nobody asked for is a time limit of somebody else's.</summary>
    public static bool Is(Exception failure, CancellationToken cancellationToken) =>
        failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested;

    /// <summary>The row of the publication at which it happened.</summary>
    public static PublicationRow Row(ILogger log, PublicationPlace place, Exception failure)
    {
        Faulted(log, place.Project, place.Publication, place.Anchor, failure);
        return place.Failed(new Problem(
            "internal-error", $"The publication '{place.Publication}' of {place.Project} ended by a fault of this program.",
            "See the log for details and report it; the next run looks at what stands there before it writes again.") { Scope = place.Anchor, Retryable = true });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The publication {Publication} of {Project} at {Anchor} ended unexpectedly")]
    private static partial void Faulted(ILogger logger, string project, string publication, string anchor, Exception failure);
}
