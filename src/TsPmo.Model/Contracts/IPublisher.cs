using TsPmo.Model.Publishing;

namespace TsPmo.Model.Contracts;

/// <summary>Writes status into one kind of place. Planning reads and changes nothing; applying does exactly one planned write.</summary>
public interface IPublisher
{
    /// <summary>Compares what should stand there with what does. Failures are in the plan, never thrown.</summary>
    Task<PublicationPlan> PlanAsync(PublicationRequest request, CancellationToken cancellationToken);

    /// <summary>Does one planned write. Failures are in the result, never thrown.</summary>
    Task<WriteResult> ApplyAsync(PlannedWrite write, CancellationToken cancellationToken);
}
