using TsPmo.Model.Calendar;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Model.Quality;

/// <summary>Where a defect was found.</summary>
public enum FoundIn
{
    /// <summary>Nothing tells.</summary>
    Unknown,

    /// <summary>Before production.</summary>
    Testing,

    /// <summary>In production.</summary>
    Production,
}

/// <summary>The defects of a project: its bugs, by the instant at which they were found, which is their creation. Made by one sweep and asked for any number of instants.</summary>
public sealed class Defects
{
    private static readonly string[] ProductionWords = ["production", "prod", "live", "customer", "escaped"];
    private static readonly string[] TestingWords = ["test", "testing", "qa", "staging", "uat", "review", "internal", "dev"];

    private readonly WorkingCalendar _calendar;
    private readonly ScopedItem[] _bugs;

    private Defects(ProjectHistory history)
    {
        _calendar = history.Calendar;
        _bugs = [.. history.Items.Where(i => EverBug(i.Item)).OrderBy(i => i.Item.Created).ThenBy(i => i.Item.Id)];
    }

    /// <summary>The defects of a history.</summary>
    public static Defects From(ProjectHistory history) => new(history);

    /// <summary>Those found on the days of a window, as known at an instant. What was removed (a duplicate, no fault, not to be fixed) is none.</summary>
    public IReadOnlyList<ItemHistory> FoundIn(DateWindow window, DateTimeOffset asOf) =>
    [
        .. _bugs.Within(b => b.Item.Created, _calendar, window, asOf)
            .Where(b => b.IsInAt(asOf) && b.Item.Kind.At(asOf) == WorkItemKind.Bug && b.Item.State.At(asOf) != State.Removed).Select(b => b.Item),
    ];

    /// <summary>Where its labels say a defect was found: a word of them that means production, else one that means testing.</summary>
    public static FoundIn PhaseOf(ItemHistory bug, DateTimeOffset asOf)
    {
        var words = bug.Labels.At(asOf).SelectMany(Words).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Array.Exists(ProductionWords, words.Contains) ? Quality.FoundIn.Production
            : Array.Exists(TestingWords, words.Contains) ? Quality.FoundIn.Testing
            : Quality.FoundIn.Unknown;
    }

    /// <summary>Defects as evidence, ordered by id.</summary>
    public static IReadOnlyList<Evidence> Behind(IEnumerable<ItemHistory> bugs, Func<ItemHistory, string> note) =>
        new MappedList<ItemHistory, Evidence>(() => [.. bugs.OrderBy(b => b.Id)], b => new Evidence(b.Id, note(b), b.Url));

    private static string[] Words(string label) => label.Split(['-', '_', ' ', ':', '/', '.', '='], StringSplitOptions.RemoveEmptyEntries);

    private static bool EverBug(ItemHistory item) => item.Kind.Initial == WorkItemKind.Bug || item.Kind.Entries.Any(e => e.To == WorkItemKind.Bug);
}
