using TsPmo.Model.Governance;

namespace TsPmo.Engine.Pipeline.Publish;

/// <summary>What holds for all publications of one run, and how much it has written.</summary>
/// <param name="Setup">What is configured.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="Now">When it began, UTC.</param>
internal sealed record PublishRun(PmoSetup Setup, PublishRequest Request, DateTimeOffset Now)
{
    private int _writes;

    public PublishingRules Rules => Setup.Definition.Publishing;

    public bool IsDry => Request.DryRun;

    /// <summary>Begin of the PMO's day, from which an item's writes are counted.</summary>
    public DateTimeOffset DayBegan => Setup.Definition.Calendar.StartOf(Setup.Definition.Calendar.DayOf(Now));

    public bool IsSpent => _writes >= Rules.WritesPerRun;

    public void Count() => _writes++;
}
