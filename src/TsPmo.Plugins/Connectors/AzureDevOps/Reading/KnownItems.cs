namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// The ids of items that ever were in a bound project, so that a move out of it is read and a move into it brings the item's past along.
/// Written as runs (gap, length) in base64 of seven-bit numbers: ids of one project mostly follow each other.
/// </summary>
internal sealed class KnownItems
{
    private readonly SortedSet<long> _ids;

    private KnownItems(SortedSet<long> ids) => _ids = ids;

    public static KnownItems Read(string? text)
    {
        var ids = new SortedSet<long>();
        var bytes = new byte[(text?.Length ?? 0) * 3 / 4];
        if (text is null || !Convert.TryFromBase64String(text, bytes, out var length))
            return new(ids);
        var (position, id) = (0, 0L);
        while (position < length)
        {
            id += Number(bytes, length, ref position);
            for (var run = Number(bytes, length, ref position); run > 0; run--)
                ids.Add(id++);
        }

        return new(ids);
    }

    public bool Contains(long id) => _ids.Contains(id);

    /// <summary>Adds an item; false when it was known.</summary>
    public bool Add(long id) => _ids.Add(id);

    public string Write()
    {
        var bytes = new List<byte>();
        var (end, start) = (0L, -1L);
        foreach (var id in _ids)
        {
            if (start >= 0 && id == end)
            {
                end++;
                continue;
            }

            if (start >= 0)
                Append(bytes, end - start);
            Append(bytes, id - end);
            (start, end) = (id, id + 1);
        }

        if (start >= 0)
            Append(bytes, end - start);
        return Convert.ToBase64String([.. bytes]);
    }

    private static void Append(List<byte> bytes, long number)
    {
        for (; number >= 0x80; number >>= 7)
            bytes.Add((byte)(number & 0x7F | 0x80));
        bytes.Add((byte)number);
    }

    private static long Number(byte[] bytes, int length, ref int position)
    {
        var number = 0L;
        for (var shift = 0; position < length && shift < 63; shift += 7)
        {
            var part = bytes[position++];
            number |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
                break;
        }

        return number;
    }
}
