using TsPmo.Sandbox.Portfolio;

namespace TsPmo.Testing.Truth;

/// <summary>What an experiment with the truth does.</summary>
public sealed record TruthPlan
{
    /// <summary>Roughly how many items the portfolio has.</summary>
    public required int Items { get; init; }

    /// <summary>Where the portfolio lives.</summary>
    public PortfolioShape Shape { get; init; }

    /// <summary>Rounds of random changes, each read incrementally.</summary>
    public required int Rounds { get; init; }

    /// <summary>Acts of a round in each tracker.</summary>
    public required int Acts { get; init; }

    /// <summary>Minutes of a round.</summary>
    public int Minutes { get; init; } = 30;

    /// <summary>A pass that sweeps follows every so many rounds, and the last.</summary>
    public int SweepEvery { get; init; } = 10;

    /// <summary>The day the sandbox's clock starts in.</summary>
    public DateOnly Today { get; init; } = new(2026, 6, 30);

    /// <summary>Decides portfolio, rounds and faults.</summary>
    public ulong Seed { get; init; } = 11;

    /// <summary>Share of the requests that go wrong.</summary>
    public double Faults { get; init; } = 0.1;

    /// <summary>Trackers whose requests go wrong.</summary>
    public IReadOnlyList<string> FaultyTrackers { get; init; } = ["jiraCloud", "jiraDc", "azureDevOps"];
}
