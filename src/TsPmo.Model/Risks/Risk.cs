using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Model.Risks;

/// <summary>Where a risk stands.</summary>
public enum RiskStatus
{
    /// <summary>A signal proposes it; nobody has said anything about it.</summary>
    Proposed,

    /// <summary>A person keeps it: as an item of the tracker, or by accepting a proposal.</summary>
    Accepted,

    /// <summary>It is over: the item is done, or the signals behind an accepted proposal are gone.</summary>
    Closed,

    /// <summary>A person said that it is none. It comes back when its signals go and return.</summary>
    Dismissed,
}

/// <summary>One risk of a project as of an instant.</summary>
public sealed record Risk
{
    /// <summary>Stable id within the project: <c>connector:id</c> of the tracker's item, <c>signal/connector:id</c> of the item that signals are about, <c>signal/Kind</c> of a signal of the whole project.</summary>
    public required string Id { get; init; }

    /// <summary>What it is, without titles of items: keys and facts only.</summary>
    public required string Title { get; init; }

    /// <summary>"Register" for an item of the tracker, else the name of its gravest signal ("Blocked").</summary>
    public required string Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required RiskStatus Status { get; init; }

    /// <summary>0 to 1; null: nobody has assessed it.</summary>
    public decimal? Probability { get; init; }

    /// <summary>0 to 1; null: nobody has assessed it.</summary>
    public decimal? Impact { get; init; }

    /// <summary>Probability x impact; null where either is unknown.</summary>
    public decimal? Score => Probability is { } probability && Impact is { } impact ? RiskScore.Of(probability, impact) : null;

    /// <summary>Account of who looks after it; null: nobody.</summary>
    public SourceId? Owner { get; init; }

    /// <summary>The items behind it as <c>connector:id</c> and the metrics behind it by name; ordinal order.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Since when it is there, UTC: what is told by history, not when somebody looked.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>Gravity of its signals; grey for an item of the tracker that nobody has assessed.</summary>
    public Band Band { get; init; } = Band.Grey;

    /// <summary>Whether it counts: proposed or accepted.</summary>
    public bool IsOpen => Status is RiskStatus.Proposed or RiskStatus.Accepted;
}

/// <summary>What a person said about a risk.</summary>
/// <param name="Risk">The risk's id.</param>
/// <param name="At">When, UTC. It holds for what was raised before it, and for no later return.</param>
/// <param name="By">Who.</param>
/// <param name="Status">Accepted or dismissed.</param>
/// <param name="Reason">Why.</param>
public sealed record RiskDecision(string Risk, DateTimeOffset At, string By, RiskStatus Status, string Reason)
{
    /// <summary>What the risk was called then; it is what remains when its signals are gone.</summary>
    public string Title { get; init; } = "";

    /// <summary>0 to 1; null: not assessed.</summary>
    public decimal? Probability { get; init; }

    /// <summary>0 to 1; null: not assessed.</summary>
    public decimal? Impact { get; init; }
}
