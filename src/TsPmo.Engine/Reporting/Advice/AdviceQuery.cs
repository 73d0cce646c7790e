using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Model.Governance;
using TsPmo.Model.Portfolios;

namespace TsPmo.Engine.Reporting.Advice;

/// <summary>What may be begun, delayed or ended in each portfolio, with reasons. Somebody decides; nothing happens by itself.</summary>
public sealed class AdviceQuery(IPmoSource pmo, MeasurePass measure, TimeProvider clock)
{
    /// <summary>Advice as of an instant (null: now), by the portfolio's key; portfolios without any are listed too.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<Model.Portfolios.Advice>>> AdviseAsync(DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var setup = pmo.Current;
        var now = MeasurePass.ToMilliseconds(asOf ?? clock.GetUtcNow());
        var projects = new List<MeasuredProject>();
        foreach (var project in setup.Definition.Projects.Values.OrderBy(p => p.Key, StringComparer.Ordinal))
            projects.Add(await measure.ComputeLightAsync(setup, project, Instants(now), cancellationToken));
        return setup.Definition.Portfolios.Values.ToDictionary(p => p.Key, p => Of(setup.Definition, p, now, projects), StringComparer.Ordinal);
    }

    /// <summary>The instants at which projects are measured for advice as of one.</summary>
    internal static IReadOnlyList<DateTimeOffset> Instants(DateTimeOffset asOf) => [asOf, Before(asOf)];

    /// <summary>Advice for one portfolio from its projects, measured at those instants.</summary>
    internal static IReadOnlyList<Model.Portfolios.Advice> Of(PmoDefinition pmo, PortfolioDefinition portfolio, DateTimeOffset asOf, IReadOnlyList<MeasuredProject> projects) =>
        Model.Portfolios.Advice.Of(PortfolioSweep.Of(pmo, portfolio, asOf, projects), PortfolioSweep.Of(pmo, portfolio, Before(asOf), projects));

    private static DateTimeOffset Before(DateTimeOffset asOf) => asOf.AddDays(-7);
}
