namespace TsPmo.Sandbox.AzureDevOps.State;

/// <summary>A link made or undone, as the reporting feed of links tells it: always from the forward end.</summary>
internal sealed record LinkEvent(
    long Watermark, string Rel, WorkItem Source, WorkItem Target, DateTimeOffset At, Identity By, bool IsActive, string? Comment);

/// <summary>A place in the revision log, as a continuation token spells it.</summary>
internal sealed record LogPosition(long Watermark, int Id, int Rev)
{
    public bool IsBehind(LogPosition other) => (Watermark, Id, Rev).CompareTo((other.Watermark, other.Id, other.Rev)) > 0;

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Watermark};{Id};{Rev}");

    public static LogPosition Of(Revision revision) => new(revision.Watermark, revision.Item.Id, revision.Rev);

    public static LogPosition? Parse(string token)
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var parts = token.Split(';');
        return parts.Length == 3 && long.TryParse(parts[0], culture, out var watermark) && int.TryParse(parts[1], culture, out var id) && int.TryParse(parts[2], culture, out var rev)
            ? new LogPosition(watermark, id, rev)
            : null;
    }
}

/// <summary>Every revision and every link event of the organisation in the order in which they were written.</summary>
internal sealed class RevisionLog
{
    private readonly List<Revision> _revisions = [];
    private readonly List<LinkEvent> _links = [];

    public long LastWatermark { get; private set; }

    public IReadOnlyList<LinkEvent> Links => _links;

    public long NextWatermark() => ++LastWatermark;

    /// <summary>Appends a revision; those of one watermark arrive in the order of their items' ids.</summary>
    public void Append(Revision revision) => _revisions.Add(revision);

    public void Append(LinkEvent link) => _links.Add(link);

    /// <summary>Revisions behind the position, in order; all of them where it is null.</summary>
    public IEnumerable<Revision> After(LogPosition? position)
    {
        var index = position is { } start ? FirstAfter(start) : 0;
        for (; index < _revisions.Count; index++)
            yield return _revisions[index];
    }

    private int FirstAfter(LogPosition position)
    {
        int low = 0, high = _revisions.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (LogPosition.Of(_revisions[middle]).IsBehind(position))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
