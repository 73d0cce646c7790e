using TsPmo.Sandbox.Portfolio;

namespace TsPmo.Sandbox;

/// <summary>What a sandbox is made with.</summary>
public sealed record SandboxOptions
{
    /// <summary>The clock the sandbox's own is made from.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Roughly how many items the portfolio has.</summary>
    public int Items { get; init; } = 5000;

    /// <summary>Which trackers there are, and what happens in them.</summary>
    public PortfolioShape Shape { get; init; }

    /// <summary>The same seed and date give the same portfolio, byte for byte.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The day the sandbox's clock starts in; all generated history lies before 00:00Z of it. Null: the clock's own day in UTC.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>Keeps the sandbox's state for the next start; what is kept there wins over the other options. Null: nothing is kept.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Path of the Azure DevOps organisation; on premises that of a collection, such as /tfs/DefaultCollection.</summary>
    public string AzureDevOpsPath { get; init; } = "/demo";

    /// <summary>The zone of the PMO (IANA), in whose working hours people work.</summary>
    public string TimeZone { get; init; } = "Europe/Zurich";
}
