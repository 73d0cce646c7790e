using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>What the catalogue was read for.</summary>
/// <param name="Projects">The projects, as they were found.</param>
/// <param name="Words">Projects by what their types and states are (<see cref="KnownWords"/>).</param>
internal sealed record CatalogueCursor(IReadOnlyList<string> Projects, IReadOnlyDictionary<string, IReadOnlyList<string>>? Words = null);

/// <summary>What was last known about iterations.</summary>
/// <param name="Projects">By project id: a fingerprint of its iterations with their dates and teams.</param>
/// <param name="Teams">By team id.</param>
/// <param name="Iterations">Identifiers of iterations by their numbers (<see cref="KnownIterations"/>).</param>
internal sealed record IterationCursor(
    IReadOnlyDictionary<string, string> Projects, IReadOnlyDictionary<string, TeamMark> Teams, IReadOnlyDictionary<long, string>? Iterations = null);

/// <summary>What was last known about one team.</summary>
/// <param name="Name">Its name, under which its capacities are kept.</param>
/// <param name="Selected">Fingerprints of the iterations it had selected with their dates, each of the same length.</param>
/// <param name="Current">A fingerprint of the capacities of its current iterations; null when it had none.</param>
internal sealed record TeamMark(string Name, string Selected, string? Current)
{
    /// <summary>Fingerprints of the iterations it had selected whatever their dates, likewise; null in a cursor of an earlier form.</summary>
    public string? Chosen { get; init; }
}

/// <summary>Where the feed of revisions goes on.</summary>
/// <param name="Token">The organisation's token, taken before the first project was loaded; null: it told none yet.</param>
/// <param name="Projects">Projects that are loaded.</param>
/// <param name="Fields">What is asked of every revision: the known fields that this organisation has, and its own sizes and dates.</param>
/// <param name="FieldsReadAt">When those were last looked up.</param>
internal sealed record RevisionCursor(string? Token, IReadOnlyList<string> Projects, IReadOnlyList<string>? Fields, DateTimeOffset FieldsReadAt)
{
    /// <summary>Projects that are being loaded, with the token of each.</summary>
    public IReadOnlyDictionary<string, string>? Loads { get; init; }

    /// <summary>Where the last thorough reading stood when it began; null before the first.</summary>
    public string? Thorough { get; init; }

    /// <summary>Where the feed is followed from while it has told no token.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Whether the feed was seen to count hyperlinks, so that one which is told without a number has none.</summary>
    public bool AreLinksCounted { get; init; }

    /// <summary>Items whose hyperlinks are still to be asked for.</summary>
    public IReadOnlyList<long>? Hyperlinks { get; init; }

    /// <summary>Items that left their project before it was loaded, with the last revision that was read.</summary>
    public IReadOnlyDictionary<long, long>? Leavers { get; init; }
}

/// <summary>Where the feed of links goes on.</summary>
/// <param name="Token">The organisation's token, taken before the first project was loaded; null: it told none yet.</param>
/// <param name="Projects">Projects that are loaded.</param>
internal sealed record LinkCursor(string? Token, IReadOnlyList<string> Projects)
{
    /// <summary>Where the feed is followed from while it has told no token.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Whether revisions do not tell parents, so that links must; null: not known yet, for want of a link that would show it.</summary>
    public bool? ParentsAreLinks { get; init; }

    /// <summary>Projects that are being loaded, with the token of each.</summary>
    public IReadOnlyDictionary<string, string>? Loads { get; init; }

    /// <summary>Where the last thorough reading stood when it began; null before the first.</summary>
    public string? Thorough { get; init; }
}

/// <summary>How far deliveries have been read.</summary>
/// <param name="Projects">By project.</param>
/// <param name="EnvironmentArea">Where environments were found.</param>
/// <param name="Missing">Resources that the server was found to lack.</param>
internal sealed record DeploymentCursor(IReadOnlyDictionary<string, DeliveryMarks> Projects, string? EnvironmentArea = null, IReadOnlyList<string>? Missing = null);

/// <summary>How far the deliveries of one project have been read.</summary>
internal sealed record DeliveryMarks
{
    /// <summary>Latest finish of a run.</summary>
    public DateTimeOffset? Builds { get; init; }

    /// <summary>Runs that finished shortly before.</summary>
    public IReadOnlyList<string>? RecentBuilds { get; init; }

    /// <summary>Latest modification of a classic deployment.</summary>
    public DateTimeOffset? Releases { get; init; }

    /// <summary>Classic deployments that were modified shortly before.</summary>
    public IReadOnlyList<string>? RecentReleases { get; init; }

    /// <summary>By environment id: every record up to this id is known and finished. Null: never read.</summary>
    public IReadOnlyDictionary<string, long>? Records { get; init; }

    /// <summary>Whether environments must be read although no run tells of news.</summary>
    public bool AreEnvironmentsOwed { get; init; }

    /// <summary>When environments were last read.</summary>
    public DateTimeOffset? EnvironmentsReadAt { get; init; }

    /// <summary>Runs that were deployed and of which it is not known yet what they brought.</summary>
    public IReadOnlyList<long>? Waiting { get; init; }

    /// <summary>By pipeline and branch: the latest runs of which it is known, ascending.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>>? Brought { get; init; }

    /// <summary>Pull requests that were read last.</summary>
    public IReadOnlyList<long>? PullRequests { get; init; }

    /// <summary>By pipeline: when the run finished whose coverage was read last.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset>? Covered { get; init; }

    /// <summary>By run: how often the server has failed to tell of its tests or coverage.</summary>
    public IReadOnlyDictionary<long, UntoldRun>? Untold { get; init; }

    /// <summary>Pipelines of which every run counts by itself, as they were named when their runs were looked at.</summary>
    public IReadOnlyList<string>? Named { get; init; }
}

/// <summary>A run of which the server failed to tell the tests or the coverage.</summary>
/// <param name="Tries">How often it was asked.</param>
/// <param name="HasCoverage">Whether its coverage was wanted too.</param>
internal sealed record UntoldRun(int Tries, bool HasCoverage);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CatalogueCursor))]
[JsonSerializable(typeof(IterationCursor))]
[JsonSerializable(typeof(RevisionCursor))]
[JsonSerializable(typeof(LinkCursor))]
[JsonSerializable(typeof(DeploymentCursor))]
internal sealed partial class CursorJson : JsonSerializerContext;
