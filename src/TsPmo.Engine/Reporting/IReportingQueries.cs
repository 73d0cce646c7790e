using TsPmo.Engine.Storage;
using TsPmo.Model.Governance;

namespace TsPmo.Engine.Reporting;

/// <summary>What console, command line and reports show. They read nothing else.</summary>
public interface IReportingQueries
{
    /// <summary>One row per configured project, ordered by key.</summary>
    Task<IReadOnlyList<PortfolioRow>> PortfolioAsync(CancellationToken cancellationToken);

    /// <summary>The latest figures of each configured portfolio, by its key; none where it was never measured.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<StoredResult>>> PortfolioFiguresAsync(CancellationToken cancellationToken);

    /// <summary>How fresh each configured connector is, ordered by name; connectors never read included.</summary>
    Task<IReadOnlyList<ConnectorFreshness>> FreshnessAsync(CancellationToken cancellationToken);

    /// <summary>What was written where; of one project where it is given.</summary>
    Task<IReadOnlyList<PublicationRecord>> PublicationsAsync(string? project, CancellationToken cancellationToken);

    /// <summary>Records that could not be understood, newest first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<QuarantineEntry>> QuarantineAsync(int limit, CancellationToken cancellationToken);
}

/// <summary>A project with its latest figures.</summary>
/// <param name="Project">The project.</param>
/// <param name="AsOf">The instant of the figures, UTC; null: never measured.</param>
/// <param name="Results">Latest results by metric and subject.</param>
/// <param name="DataAsOf">Start of the oldest last successful pass over the project's connectors, UTC; null: one of them was never read whole.</param>
public sealed record PortfolioRow(ProjectDefinition Project, DateTimeOffset? AsOf, IReadOnlyList<StoredResult> Results, DateTimeOffset? DataAsOf)
{
    /// <summary>The project's own result of a metric (no subject), or null.</summary>
    public StoredResult? Result(string metric) => Results.FirstOrDefault(r => r.Metric == metric && r.Subject is null);
}

/// <summary>How fresh a configured connector is.</summary>
/// <param name="Connector">Connector's name.</param>
/// <param name="Type">Plug-in's type name.</param>
/// <param name="Last">Its last pass; null: never read.</param>
public sealed record ConnectorFreshness(string Connector, string Type, ConnectorSync? Last);

/// <summary>A record that could not be understood.</summary>
/// <param name="Connector">Connector's name.</param>
/// <param name="Stream">Stream it came in.</param>
/// <param name="Kind">The connector's word for its shape.</param>
/// <param name="Id">Its id.</param>
/// <param name="Code">Problem's code.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Body">The beginning of the record. Not for readers who may not see the tracker.</param>
/// <param name="FirstSeen">UTC.</param>
/// <param name="LastSeen">UTC.</param>
public sealed record QuarantineEntry(
    string Connector, string Stream, string Kind, string Id, string Code, string Message, string Remedy, string Body, DateTimeOffset FirstSeen, DateTimeOffset LastSeen);
