namespace TsPmo.Engine.Intake.Reading;

/// <summary>A row as it was read: its cells by column, or why it could not be read and what would be right.</summary>
internal sealed record ReadRow(long Number, IReadOnlyDictionary<string, string?> Cells, string? Wrong = null, string? Right = null)
{
    /// <summary>A row that could not be read.</summary>
    public static ReadRow Unreadable(long number, string wrong, string right) => new(number, new Dictionary<string, string?>(), wrong, right);
}
