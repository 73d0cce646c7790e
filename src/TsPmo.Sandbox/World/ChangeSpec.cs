using System.Security.Cryptography;
using System.Text;

namespace TsPmo.Sandbox.World;

/// <summary>
/// The change behind a revision: a pull request with its commits, the items it names, and how its builds were tested. Everything follows from the revision and the
/// instant of its first deployment, so that generating and replaying give the same.
/// </summary>
public sealed record ChangeSpec(
    string Revision, DateTimeOffset OpenedAt, DateTimeOffset MergedAt, IReadOnlyList<CommitSpec> Commits, IReadOnlyList<string> WorkItems, TestSpec Tests)
{
    /// <summary>The change of a revision that is first deployed at an instant; <paramref name="items"/> are those it may name.</summary>
    public static ChangeSpec Of(string revision, DateTimeOffset deployedAt, IReadOnlyList<string> items)
    {
        var dice = SHA256.HashData(Encoding.UTF8.GetBytes(revision));
        var merged = deployedAt.AddSeconds(-30);
        var opened = merged.AddMinutes(-(20 + (dice[0] * 7)));
        var commits = Enumerable.Range(0, 1 + (dice[1] % 3)).Select(i => new CommitSpec(Hash(revision, i), opened.AddMinutes(-(10 + (dice[2 + i] * 3))))).OrderBy(c => c.At).ToList();
        var named = items.Count == 0 ? [] : Enumerable.Range(0, dice[6] % 3).Select(i => items[((dice[7 + (2 * i)] << 8) + dice[8 + (2 * i)]) % items.Count]);
        return new(revision, opened, merged, [.. commits, new CommitSpec(revision, merged)], [.. named.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            new TestSpec(200 + dice[11], dice[12] % 4, dice[13] % 6, 700 + dice[14], 1000 + dice[15]));
    }

    private static string Hash(string revision, int number) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{revision}/{number}")))[..40];
}

/// <summary>One commit and its author's date.</summary>
public sealed record CommitSpec(string Revision, DateTimeOffset At);

/// <summary>What the tests of each build of a change say.</summary>
public sealed record TestSpec(int Passed, int Failed, int NotExecuted, int LinesCovered, int LinesNotCovered);
