using System.Text.Json.Serialization;
using TsPmo.Sandbox.Portfolio;

namespace TsPmo.Sandbox.Journal;

/// <summary>Something that happened to the trackers after the portfolio was generated, in a form that can be done again.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(JournaledRequest), "request")]
[JsonDerivedType(typeof(JournaledRound), "round")]
[JsonDerivedType(typeof(JournaledClock), "clock")]
internal abstract record JournalEntry(DateTimeOffset At);

/// <summary>A write that a tracker accepted. Credentials are not kept: a replay signs in as the bot.</summary>
internal sealed record JournaledRequest(
    DateTimeOffset At, string Tracker, string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body) : JournalEntry(At);

/// <summary>A round of further history. What an older sandbox did not know is absent in its lines and did not happen.</summary>
internal sealed record JournaledRound(DateTimeOffset At, ulong Seed, int Acts, int Minutes, bool Deletions, bool Moves = false, bool Renames = false, bool Hidings = false, bool AzureDevOps = false) : JournalEntry(At)
{
    public static JournaledRound Of(RoundRequest round, DateTimeOffset at) =>
        new(at, round.Seed, round.Acts, round.Minutes, round.Deletions, round.Moves, round.Renames, round.Hidings, round.AzureDevOps);

    public RoundRequest Request() => new(Seed, Acts, Minutes, Deletions, Moves, Renames, Hidings, AzureDevOps);
}

/// <summary>The clock was set; <paramref name="Offset"/> is its distance from the clock it is made from.</summary>
internal sealed record JournaledClock(DateTimeOffset At, TimeSpan Offset) : JournalEntry(At);

/// <summary>What a data directory was made with; it wins over the options of a later start, because the journal fits no other portfolio.</summary>
internal sealed record SandboxState(ulong Seed, int Items, DateOnly Today, string TimeZone, TimeSpan ClockOffset, Dictionary<string, int> Ports)
{
    public PortfolioShape Shape { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JournalEntry))]
[JsonSerializable(typeof(SandboxState))]
internal sealed partial class JournalJson : JsonSerializerContext;
