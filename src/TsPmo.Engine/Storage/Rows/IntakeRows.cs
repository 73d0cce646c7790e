namespace TsPmo.Engine.Storage.Rows;

/// <summary>One survey about a project, answered or not.</summary>
internal sealed class SurveyResponseRow
{
    public required string Id { get; set; }

    public required string Project { get; set; }

    public long At { get; set; }

    public int? Score { get; set; }

    public string? Survey { get; set; }
}

/// <summary>A key of a program. What it is proved with is not here, only its hash.</summary>
internal sealed class ApiKeyRow
{
    public required string Id { get; set; }

    public required string Name { get; set; }

    public ApiRole Role { get; set; }

    public required string Hash { get; set; }

    public long CreatedAt { get; set; }

    public long? RevokedAt { get; set; }
}
