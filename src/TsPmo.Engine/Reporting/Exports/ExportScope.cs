using TsPmo.Model.Governance;

namespace TsPmo.Engine.Reporting.Exports;

/// <summary>What an export is about.</summary>
internal sealed record ExportScope
{
    /// <summary>What is configured.</summary>
    public required PmoSetup Setup { get; init; }

    /// <summary>The chosen projects; null: everything, whether a project binds it or not.</summary>
    public required IReadOnlyList<ProjectDefinition>? Projects { get; init; }

    /// <summary>The instant whose truth is told, inclusive.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether that instant was asked for, rather than being now.</summary>
    public required bool IsPast { get; init; }

    /// <summary>Whether rows about persons are left out.</summary>
    public required bool HidesPersons { get; init; }

    /// <summary>Who the accounts belong to.</summary>
    public required People People { get; init; }

    public PmoDefinition Pmo => Setup.Definition;

    /// <summary>The instant at which tracks are asked. A tracker's clock may be ahead of ours: what it told is true now all the same.</summary>
    public DateTimeOffset At => IsPast ? Now : DateTimeOffset.MaxValue;

    /// <summary>Names of the connectors to look at, ordinal order.</summary>
    public IReadOnlyList<string> Connectors =>
        [.. Setup.Connectors.Select(c => c.Name).Where(c => Projects is null || Projects.Any(p => p.Sources.Any(s => s.Connector == c))).Order(StringComparer.Ordinal)];

    /// <summary>The tracker's projects of a connector that the chosen projects bind; null: all.</summary>
    public IReadOnlyList<string>? TrackerProjects(string connector) =>
        Projects is null ? null : [.. Projects.SelectMany(p => p.Sources).Where(s => s.Connector == connector).Select(s => s.Project).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Whether a tracker's project is asked for.</summary>
    public bool Includes(string connector, string? trackerProject) =>
        TrackerProjects(connector) is not { } named || named.Contains(trackerProject ?? "", StringComparer.OrdinalIgnoreCase);
}
