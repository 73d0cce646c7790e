using TsPmo.Engine.Pipeline.Measure;
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
        var before = now.AddDays(-7);
        var projects = new List<MeasuredProject>();
        foreach (var project in setup.Definition.Projects.Values.OrderBy(p => p.Key, StringComparer.Ordinal))
            projects.Add(await measure.ComputeLightAsync(setup, project, [now, before], cancellationToken));
        return setup.Definition.Portfolios.Values.ToDictionary(
            p => p.Key,
            p => Model.Portfolios.Advice.Of(PortfolioSweep.Of(setup.Definition, p, now, projects), PortfolioSweep.Of(setup.Definition, p, before, projects)),
            StringComparer.Ordinal);
    }
}
