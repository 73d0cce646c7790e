namespace TsPmo.Model.Governance;

/// <summary>Hourly rates that hold from a day on, until a later table does.</summary>
/// <param name="From">First day they hold, inclusive.</param>
public sealed record RateTable(DateOnly From)
{
    /// <summary>Rate where no other applies; null: such hours have no rate.</summary>
    public decimal? Default { get; init; }

    /// <summary>Rate by role.</summary>
    public IReadOnlyDictionary<string, decimal> Roles { get; init; } = new Dictionary<string, decimal>();

    /// <summary>Rate by person's id.</summary>
    public IReadOnlyDictionary<string, decimal> People { get; init; } = new Dictionary<string, decimal>();
}

/// <summary>
/// What an hour of a person's work on a project costs on a day. The table with the latest first day on or before it holds; in it the person's rate goes before that of their
/// role, and that before the default. Where the project's own table has none of them, the PMO's is asked.
/// </summary>
public sealed class RateBook
{
    private readonly RateTable[] _own;
    private readonly RateTable[] _common;
    private readonly IReadOnlyDictionary<string, string> _roles;

    /// <summary>A book of rates.</summary>
    /// <param name="own">The project's own tables, in any order.</param>
    /// <param name="common">The PMO's tables, in any order.</param>
    /// <param name="roles">Role by person's id.</param>
    public RateBook(IEnumerable<RateTable> own, IEnumerable<RateTable> common, IReadOnlyDictionary<string, string> roles)
    {
        _own = [.. own.OrderByDescending(t => t.From)];
        _common = [.. common.OrderByDescending(t => t.From)];
        _roles = roles;
    }

    /// <summary>No rates.</summary>
    public static RateBook Empty { get; } = new([], [], new Dictionary<string, string>());

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _own.Length + _common.Length == 0;

    /// <summary>The days on which rates may change, ascending.</summary>
    public IEnumerable<DateOnly> Changes => _own.Concat(_common).Select(t => t.From).Distinct().Order();

    /// <summary>The rate of an hour; null where none applies.</summary>
    /// <param name="person">Who works; null where that is not known.</param>
    /// <param name="day">The day of the work in the PMO's zone.</param>
    public decimal? RateOf(string? person, DateOnly day) => Rate(_own, person, day) ?? Rate(_common, person, day);

    private decimal? Rate(RateTable[] tables, string? person, DateOnly day)
    {
        if (Array.Find(tables, t => t.From <= day) is not { } table)
            return null;
        if (person is not null && table.People.TryGetValue(person, out var own))
            return own;
        return person is not null && _roles.TryGetValue(person, out var role) && table.Roles.TryGetValue(role, out var ofRole) ? ofRole : table.Default;
    }
}
