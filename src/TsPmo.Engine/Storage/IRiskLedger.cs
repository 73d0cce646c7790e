using TsPmo.Model.Risks;

namespace TsPmo.Engine.Storage;

/// <summary>Keeps what people said about risks. Nothing is overwritten: the last word counts, and earlier instants keep theirs.</summary>
public interface IRiskLedger
{
    /// <summary>Adds a word about a risk of a project.</summary>
    Task AddAsync(string project, RiskDecision decision, CancellationToken cancellationToken);

    /// <summary>Everything that was said about a project's risks, oldest first.</summary>
    Task<IReadOnlyList<RiskDecision>> OfAsync(string project, CancellationToken cancellationToken);
}
