using TsPmo.Model.Risks;

namespace TsPmo.Engine.Storage.Rows;

/// <summary>Where reading of a stream goes on. Its version rises with every commit.</summary>
internal sealed class CursorRow
{
    public required string Connector { get; set; }

    public required string Stream { get; set; }

    public required string Value { get; set; }

    public long Version { get; set; }
}

/// <summary>A record that could not be understood.</summary>
internal sealed class QuarantineRow
{
    public required string Connector { get; set; }

    public required string Kind { get; set; }

    public required string RecordId { get; set; }

    public required string Stream { get; set; }

    public required string Code { get; set; }

    public required string Message { get; set; }

    public required string Remedy { get; set; }

    /// <summary>The beginning of the record.</summary>
    public required string Body { get; set; }

    public long FirstSeen { get; set; }

    public long LastSeen { get; set; }
}

/// <summary>One pass over the connectors.</summary>
internal sealed class SyncRunRow
{
    public long RunId { get; set; }

    public long StartedAt { get; set; }

    public long? FinishedAt { get; set; }

    public string? Outcome { get; set; }

    public bool IsFull { get; set; }
}

/// <summary>What one pass did with one connector.</summary>
internal sealed class ConnectorRunRow
{
    public long RunId { get; set; }

    public required string Connector { get; set; }

    public long StartedAt { get; set; }

    public long FinishedAt { get; set; }

    public required string Outcome { get; set; }

    public bool IsComplete { get; set; }

    /// <summary>The connector's part of the pass's report, JSON.</summary>
    public required string Result { get; set; }
}

/// <summary>A stored figure or the reason there is none.</summary>
internal sealed class MeasurementRow
{
    public required string Project { get; set; }

    public required string Metric { get; set; }

    /// <summary>Empty where the figure is about the whole project: keys cannot be null.</summary>
    public required string Subject { get; set; }

    public long AsOf { get; set; }

    public required string Label { get; set; }

    public required string Unit { get; set; }

    /// <summary><c>first/last</c>; empty where there is no window: one subject may have figures of several weeks, and keys cannot be null.</summary>
    public required string Window { get; set; }

    public decimal? Number { get; set; }

    public DateOnly? Date { get; set; }

    public string? Text { get; set; }

    public string? Band { get; set; }

    public required string Method { get; set; }

    public string? Reason { get; set; }

    public string? Because { get; set; }

    public int N { get; set; }

    public int EvidenceCount { get; set; }

    /// <summary>Names of findings, joined by line feeds.</summary>
    public required string Quality { get; set; }

    public decimal Confidence { get; set; }

    public string? Baseline { get; set; }
}

/// <summary>What somebody said about a risk.</summary>
internal sealed class RiskDecisionRow
{
    public required string Project { get; set; }

    public required string Risk { get; set; }

    public long At { get; set; }

    public required string By { get; set; }

    public RiskStatus Status { get; set; }

    public required string Reason { get; set; }

    public required string Title { get; set; }

    public decimal? Probability { get; set; }

    public decimal? Impact { get; set; }
}

/// <summary>What stands in one place where a status is written.</summary>
internal sealed class PublicationRow
{
    public required string Project { get; set; }

    public required string Publication { get; set; }

    public required string Connector { get; set; }

    public required string Target { get; set; }

    public required string Anchor { get; set; }

    public required string State { get; set; }

    public string? ContentHash { get; set; }

    public string? Written { get; set; }

    public string? Before { get; set; }

    public string? RemoteId { get; set; }

    public long? WrittenAt { get; set; }

    public long? IntentAt { get; set; }

    public string? Material { get; set; }

    public int Creations { get; set; }

    public string? Trouble { get; set; }

    public string? Conflict { get; set; }
}

/// <summary>One write that was attempted, and how it ended.</summary>
internal sealed class PublicationEventRow
{
    public long EventId { get; set; }

    public required string Project { get; set; }

    public required string Publication { get; set; }

    public long At { get; set; }

    public required string Action { get; set; }

    public string? ContentHash { get; set; }

    public string? Problem { get; set; }

    public string Connector { get; set; } = "";

    public string Target { get; set; } = "";

    public string Anchor { get; set; } = "";

    public string Actor { get; set; } = "";

    public string? Before { get; set; }

    public string? Written { get; set; }

    public long? MeasuredAt { get; set; }
}
