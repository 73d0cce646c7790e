using TsPmo.Model.Governance;
using TsPmo.Model.History;

namespace TsPmo.Engine.History;

/// <summary>Whether items are in the scope of a project's sources, over time. Names compare without case, as both kinds of tracker do.</summary>
internal static class ScopeMatch
{
    /// <summary>The project's scope of one item; null when no source is of the item's connector.</summary>
    public static Track<bool>? Of(ProjectDefinition project, ItemHistory item)
    {
        var sources = project.Sources.Where(s => s.Connector == item.Id.Connector).ToList();
        if (sources.Count == 0)
            return null;
        bool At(DateTimeOffset instant) => sources.Any(s => Matches(s, item, instant));
        var entries = new List<TrackEntry<bool>>();
        var initial = sources.Any(s => Matches(s, item, DateTimeOffset.MinValue));
        var last = initial;
        foreach (var instant in Instants(item))
        {
            var now = At(instant);
            if (now != last)
                entries.Add(new TrackEntry<bool>(instant, null, last, now));
            last = now;
        }

        return new Track<bool>(initial, entries);
    }

    /// <summary>Keys of the projects whose scope an item is in as of an instant, ordinal order.</summary>
    public static IReadOnlyList<string> ProjectsOf(IEnumerable<ProjectDefinition> projects, ItemHistory item, DateTimeOffset instant) =>
        [.. projects.Where(p => p.Sources.Any(s => s.Connector == item.Id.Connector && Matches(s, item, instant))).Select(p => p.Key).Order(StringComparer.Ordinal)];

    private static IEnumerable<DateTimeOffset> Instants(ItemHistory item) =>
        item.Project.Entries.Select(e => e.At).Concat(item.AreaPath.Entries.Select(e => e.At)).Concat(item.Components.Entries.Select(e => e.At))
            .Concat(item.SourceType.Entries.Select(e => e.At)).Concat(item.Matches.Values.SelectMany(m => m.Entries).Select(e => e.At)).Distinct().Order();

    private static bool Matches(SourceBinding source, ItemHistory item, DateTimeOffset instant) =>
        Same(source.Project, item.Project.At(instant))
        && (source.QueryKey is not { } query || (item.Matches.TryGetValue(query, out var matches) && matches.At(instant)))
        && (source.AreaPath is null || Under(source.AreaPath, item.AreaPath.At(instant)))
        && (source.Types.Count == 0 || source.Types.Any(t => Same(t, item.SourceType.At(instant))))
        && (source.Components.Count == 0 || source.Components.Any(c => item.Components.At(instant).Contains(c, StringComparer.OrdinalIgnoreCase)));

    private static bool Under(string area, string? path) =>
        path is not null && (Same(area, path) || path.StartsWith(area.TrimEnd('\\') + "\\", StringComparison.OrdinalIgnoreCase));

    private static bool Same(string left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
