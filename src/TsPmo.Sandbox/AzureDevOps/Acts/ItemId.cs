using System.Globalization;

namespace TsPmo.Sandbox.AzureDevOps.Acts;

/// <summary>Work item ids and the ids made of them, as text.</summary>
internal static class ItemId
{
    public static int Parse(string id) => int.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture);

    public static string Write(int id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>A time entry is the revision that changed CompletedWork: id/rev.</summary>
    public static string WriteEntry(int id, int rev) => $"{Write(id)}/{Write(rev)}";

    public static (int Id, int Rev) ParseEntry(string entry)
    {
        var slash = entry.IndexOf('/', StringComparison.Ordinal);
        return (Parse(entry[..slash]), Parse(entry[(slash + 1)..]));
    }
}
