namespace TsPmo.Sandbox.AzureDevOps.State;

/// <summary>System.Tags: one text, "; " between the tags, equal without regard to case.</summary>
internal static class TagList
{
    public static IReadOnlyList<string> Read(string? text) =>
        [.. (text ?? string.Empty).Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    public static string Write(IEnumerable<string> tags) =>
        string.Join("; ", tags.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase));
}
