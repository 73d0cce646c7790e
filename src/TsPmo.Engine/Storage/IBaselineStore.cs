using TsPmo.Model.Planning;

namespace TsPmo.Engine.Storage;

/// <summary>Keeps baselines that were captured, each for good: nothing changes one or takes it away.</summary>
public interface IBaselineStore
{
    /// <summary>The captured baselines of a project, oldest first.</summary>
    /// <param name="project">PMO project key.</param>
    Task<IReadOnlyList<Baseline>> ReadAsync(string project, CancellationToken cancellationToken);

    /// <summary>Keeps a baseline; false when the project has one of that id already, which then stays as it is.</summary>
    /// <param name="project">PMO project key.</param>
    Task<bool> AddAsync(string project, Baseline baseline, CancellationToken cancellationToken);
}
