namespace TsPmo.Model.Contracts;

/// <summary>What to look at besides the connection itself.</summary>
/// <param name="Projects">Projects that must be readable.</param>
/// <param name="Publications">Target and anchor of everything that is to be written.</param>
public sealed record ProbeRequest(IReadOnlyList<string> Projects, IReadOnlyList<ProbePublication> Publications);

/// <summary>A place that is to be written.</summary>
public sealed record ProbePublication(string Id, string Target, string Anchor);

/// <summary>What a probe found.</summary>
public sealed record ProbeReport
{
    /// <summary>Whether the tracker answered as itself.</summary>
    public required bool Reachable { get; init; }

    /// <summary>Product and version as the tracker tells them.</summary>
    public string? Product { get; init; }

    /// <summary>Who we are signed in as; null when the sign-in failed.</summary>
    public string? SignedInAs { get; init; }

    /// <summary>The zone in which the tracker reads our dates (IANA), where it has one.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The tracker's clock minus ours, where it tells its time.</summary>
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>When the credential expires, where that can be known.</summary>
    public DateTimeOffset? TokenExpires { get; init; }

    /// <summary>What is left of the rate limit in the tracker's words, where it tells.</summary>
    public string? Headroom { get; init; }

    /// <summary>Publications that cannot be silent, by id, with the reason.</summary>
    public IReadOnlyDictionary<string, string> LoudPublications { get; init; } = new Dictionary<string, string>();

    /// <summary>By the tracker's project: names of what it deploys to, where the tracker knows such things. Lists are sorted.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Environments { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Everything that is wrong: sign-in, missing projects, missing permissions.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];
}
