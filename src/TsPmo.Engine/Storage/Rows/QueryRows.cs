namespace TsPmo.Engine.Storage.Rows;

/// <summary>A stretch of time in which an item fulfilled a source's condition.</summary>
internal sealed class QueryMemberRow
{
    /// <summary>Since when, for what the first answer names: it may have fulfilled the condition ever since.</summary>
    public const long Ever = 0;

    public required string Connector { get; set; }

    public required string Query { get; set; }

    public required string ItemId { get; set; }

    /// <summary>When it was found to, inclusive.</summary>
    public long Since { get; set; }

    /// <summary>When it was found not to any more, exclusive; null while it does.</summary>
    public long? Until { get; set; }
}

/// <summary>A condition that has been answered.</summary>
internal sealed class QueryAnswerRow
{
    public required string Connector { get; set; }

    public required string Query { get; set; }

    /// <summary>When it was answered last.</summary>
    public long At { get; set; }
}
