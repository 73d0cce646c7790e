namespace TsPmo.Sync.Configuration.Checking;

/// <summary>The stable names of all figures; thresholds and templates may use them before they are measured.</summary>
internal static class FigureNames
{
    public static readonly IReadOnlyCollection<string> All = new HashSet<string>(
        [
            .. Below("schedule", "svt sv spi spit pv ev bac es ieact tspi finish.p50 finish.p70 finish.p85 finish.p95 finishProbability calibration.p85 milestoneSlip scopeGrowth dateChurn"),
            .. Below("cost", "ac cv cpi eac.cpi eac.budgetRate eac.cpiSpi eac.bottomUp etc vac tcpi.bac tcpi.eac"),
            .. Below("delivery", "deploymentFrequency.perWeek deploymentFrequency.daysPerWeek leadTime changeFailRate recoveryTime reworkRate"),
            .. Below("flow", "cycleTime.p50 cycleTime.p85 leadTime.p85 throughput arrivals wip age.p85 efficiency predictability"),
            .. Below("sprint", "committed added removed reestimated completed remaining velocity sayDo scopeChange carryOver"),
            .. Below("resource", "capacity load allocation"),
            .. Below("quality", "defectRatio escapeRate reopenRate buildPass testPass coverage data"),
            .. Below("satisfaction", "csat"),
            .. Below("risk", "exposure"),
            .. Below("portfolio", "costOfDelay wsjf"),
            .. Below("rag", "overall schedule cost scope quality risk resources"),
        ],
        StringComparer.Ordinal);

    private static IEnumerable<string> Below(string family, string names) => names.Split(' ').Select(name => $"{family}.{name}");
}
