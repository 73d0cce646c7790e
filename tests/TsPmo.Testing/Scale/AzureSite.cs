using System.Globalization;

namespace TsPmo.Testing.Scale;

/// <summary>
/// An Azure DevOps organisation that is computed: everything about a revision follows from its place in the feed of its project, so that an organisation of any size takes no memory.
/// Items are worked on a thousand at a time, so that a batch of the feed holds revisions of many items, as real ones do.
/// </summary>
/// <param name="Items">Number of work items, a multiple of a thousand per project.</param>
public sealed record AzureSite(int Items)
{
    /// <summary>Projects, the items spread evenly over them in the order of their ids.</summary>
    public const int Projects = 4;

    /// <summary>Revisions of each item; all but the first change one field.</summary>
    public const int Length = 10;

    private const int AtOnce = 1000;
    private static readonly DateTimeOffset Beginning = new(2023, 1, 9, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Revisions of all items.</summary>
    public long Revisions => (long)Items * Length;

    /// <summary>Revisions in the feed of each project.</summary>
    public int FeedLength => Items / Projects * Length;

    /// <summary>Name of a project.</summary>
    public static string ProjectName(int project) => string.Create(CultureInfo.InvariantCulture, $"Scale{project + 1}");

    /// <summary>Names of all projects.</summary>
    public static IReadOnlyList<string> ProjectNames { get; } = [.. Enumerable.Range(0, Projects).Select(ProjectName)];

    /// <summary>Ids of a project's items.</summary>
    public IEnumerable<int> Ids(int project) => Enumerable.Range((Items / Projects * project) + 1, Items / Projects);

    /// <summary>The revision at a place of a project's feed.</summary>
    public AzureRevision Revision(int project, int place)
    {
        var (block, within) = (place / (AtOnce * Length), place % (AtOnce * Length));
        var item = (block * AtOnce) + (within % AtOnce);
        return new((Items / Projects * project) + item + 1, (within / AtOnce) + 1, At(place), At((block * AtOnce * Length) + (within % AtOnce)), within / AtOnce == Length - 1 ? null : At(place + AtOnce));
    }

    /// <summary>Revisions come at even intervals over less than three years.</summary>
    private DateTimeOffset At(int place) => Beginning.AddMilliseconds(Math.Floor(TimeSpan.FromDays(1000).TotalMilliseconds * place / FeedLength));
}

/// <summary>A revision of a computed item.</summary>
/// <param name="Id">The item's id.</param>
/// <param name="Number">The revision's number, from 1 on.</param>
/// <param name="At">When it was made.</param>
/// <param name="Created">When the item was.</param>
/// <param name="Until">When the next was made; null for the last.</param>
public readonly record struct AzureRevision(int Id, int Number, DateTimeOffset At, DateTimeOffset Created, DateTimeOffset? Until);
