namespace TsPmo.Model.Costs;

/// <summary>
/// Earned value management on four quantities in one unit: the formulas, and nothing else. What is undefined is null.
/// Source: NASA's EVM reference card (2011); the estimates are named by their formulas, since "typical" means different ones in different tools.
/// </summary>
/// <param name="Budget">Budget at completion BAC.</param>
/// <param name="Planned">Planned value PV.</param>
/// <param name="Earned">Earned value EV.</param>
/// <param name="Actual">Actual cost AC.</param>
public sealed record CostPerformance(decimal Budget, decimal Planned, decimal Earned, decimal Actual)
{
    /// <summary>CV = EV - AC; negative is over cost.</summary>
    public decimal Variance => Earned - Actual;

    /// <summary>CPI = EV / AC; null while nothing was spent.</summary>
    public decimal? Index => Actual > 0 ? Earned / Actual : null;

    /// <summary>SPI = EV / PV; null while nothing was planned.</summary>
    public decimal? ScheduleIndex => Planned > 0 ? Earned / Planned : null;

    /// <summary>EAC.cpi = BAC / CPI = AC + (BAC - EV) / CPI: the rest costs what the work done has cost.</summary>
    public decimal? AtCostIndex => Actual > 0 && Earned > 0 ? Budget * Actual / Earned : null;

    /// <summary>EAC.budgetRate = AC + (BAC - EV): the rest costs what it was budgeted at.</summary>
    public decimal AtBudgetRate => Actual + (Budget - Earned);

    /// <summary>EAC.cpiSpi = AC + (BAC - EV) / (CPI * SPI): the rest is paid for being late as well.</summary>
    public decimal? AtBothIndices => Index is { } cost and > 0 && ScheduleIndex is { } time and > 0 ? Actual + (Budget - Earned) / (cost * time) : null;

    /// <summary>ETC = EAC - AC, with EAC.cpi.</summary>
    public decimal? ToGo => AtCostIndex - Actual;

    /// <summary>VAC = BAC - EAC, with EAC.cpi; negative is over budget.</summary>
    public decimal? VarianceAtCompletion => Budget - AtCostIndex;

    /// <summary>TCPI.bac = (BAC - EV) / (BAC - AC); 0 when nothing is left to earn, null when nothing is left to spend.</summary>
    public decimal? ToCompleteWithinBudget => ToComplete(Budget);

    /// <summary>TCPI.eac = (BAC - EV) / (EAC - AC), with EAC.cpi.</summary>
    public decimal? ToCompleteWithinEstimate => Earned >= Budget ? 0 : AtCostIndex is { } estimate ? ToComplete(estimate) : null;

    private decimal? ToComplete(decimal limit) => Earned >= Budget ? 0 : limit <= Actual ? null : (Budget - Earned) / (limit - Actual);
}
