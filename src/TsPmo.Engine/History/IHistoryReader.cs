using TsPmo.Model.Governance;
using TsPmo.Model.History;

namespace TsPmo.Engine.History;

/// <summary>Folds what is stored into histories, under the mapping in force.</summary>
public interface IHistoryReader
{
    /// <summary>Everything known about one project; memory is bounded by the project.</summary>
    Task<ProjectHistory> ReadAsync(ProjectDefinition project, CancellationToken cancellationToken);

    /// <summary>Every item of a connector, ordered by id (ordinal); memory is bounded by a batch.</summary>
    IAsyncEnumerable<ItemHistory> StreamAsync(string connector, CancellationToken cancellationToken);
}
