namespace TsPmo.Model.Delivery;

/// <summary>Looking up in instants that rise.</summary>
internal static class Sorted
{
    /// <summary>How many lie strictly before an instant.</summary>
    public static int CountBefore(ReadOnlySpan<DateTimeOffset> rising, DateTimeOffset instant)
    {
        int low = 0, high = rising.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (rising[middle] < instant)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
