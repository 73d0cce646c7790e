using TsPmo.Engine.History;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Risks;

namespace TsPmo.Engine.Reporting.Risks;

/// <summary>The risk register of a project, computed from what is stored.</summary>
public sealed class RiskQuery(IPmoSource pmo, IHistoryReader histories)
{
    /// <summary>The risks as of an instant, gravest first.</summary>
    public async Task<IReadOnlyList<Risk>> OfAsync(ProjectDefinition project, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var (metrics, history) = (pmo.Current.Metrics.Only(MetricSignals.Reads), await histories.ReadAsync(project, cancellationToken));
        var results = new ProjectSweep(metrics, history) { Failed = (_, _) => { } }.Results([asOf]);
        return new RiskRegister(history).At(asOf, new ResultSet(results), new SignalWeeks(metrics, history, asOf).Began);
    }

    /// <summary>
    /// The same risks in the same order, of a history that has been read and figures that have been computed already. When a signal of the whole project began is looked up only where
    /// somebody has judged it, because half a year of figures costs more than all the rest: an instant at which another was raised is not to be shown.
    /// </summary>
    /// <param name="history">What happened.</param>
    /// <param name="asOf">The instant, inclusive.</param>
    /// <param name="results">What the project's metrics say as of it.</param>
    public IReadOnlyList<Risk> Undated(ProjectHistory history, DateTimeOffset asOf, IEnumerable<MetricResult> results)
    {
        var weeks = new SignalWeeks(pmo.Current.Metrics.Only(MetricSignals.Reads), history, asOf);
        return new RiskRegister(history).At(asOf, new ResultSet(results), kind => history.RiskDecisions.Any(d => d.Risk == $"signal/{kind}") ? weeks.Began(kind) : asOf);
    }
}
