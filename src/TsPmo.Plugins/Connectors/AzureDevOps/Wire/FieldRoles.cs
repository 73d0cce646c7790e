using System.Text.Json;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Wire;

/// <summary>Which fields could hold a size or a planned date, so that an administrator may choose them later without a download.</summary>
internal static class FieldRoles
{
    /// <summary>A number or a date that people write themselves: the scheduling fields and the organisation's own.</summary>
    public static bool IsCandidate(JsonElement field) => IsPoints(field) || IsDate(field);

    public static bool IsPoints(JsonElement field) => Type(field) is "double" or "integer" && IsWritten(field) && (IsOwn(field) || FieldNames.Points.Contains(Name(field)));

    public static bool IsDate(JsonElement field) => Type(field) == "datetime" && IsWritten(field) && (IsOwn(field) || Name(field) == FieldNames.StartDate || FieldNames.Finishes.Contains(Name(field)));

    private static bool IsWritten(JsonElement field) => !field.Flag("readOnly") && !field.Flag("isDeleted");

    private static bool IsOwn(JsonElement field) => FieldNames.IsOwn(Name(field));

    private static string Name(JsonElement field) => field.Text("referenceName") ?? "";

    private static string? Type(JsonElement field) => field.Word("type", WireEnum.FieldTypes);
}
