using System.Globalization;
using System.Text;

namespace TsPmo.Engine.Pipeline.Publish;

/// <summary>The lines by which two texts differ, in the unified form that people and tools know.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The difference, or null when there is none.</summary>
    public static string? Between(string? before, string? after)
    {
        var edits = Edits(Lines(before), Lines(after));
        if (edits.All(e => e.Mark == ' '))
            return null;
        var text = new StringBuilder("--- standing\n+++ desired\n");
        foreach (var (first, last) in Hunks(edits))
            Append(text, edits, first, last);
        return text.ToString();
    }

    private static string[] Lines(string? text) => string.IsNullOrEmpty(text) ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static List<(char Mark, string Line)> Edits(string[] before, string[] after)
    {
        var common = CommonLengths(before, after);
        var edits = new List<(char, string)>(before.Length + after.Length);
        int i = 0, j = 0;
        while (i < before.Length || j < after.Length)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                edits.Add((' ', before[i]));
                i++;
                j++;
            }
            else if (i < before.Length && (j == after.Length || common[i + 1, j] >= common[i, j + 1]))
                edits.Add(('-', before[i++]));
            else
                edits.Add(('+', after[j++]));
        }

        return edits;
    }

    /// <summary>Length of the longest common subsequence of what follows each pair of lines.</summary>
    private static int[,] CommonLengths(string[] before, string[] after)
    {
        var lengths = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
                lengths[i, j] = before[i] == after[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        }

        return lengths;
    }

    private static IEnumerable<(int First, int Last)> Hunks(List<(char Mark, string Line)> edits)
    {
        (int First, int Last)? open = null;
        for (var i = 0; i < edits.Count; i++)
        {
            if (edits[i].Mark == ' ')
                continue;
            var (first, last) = (Math.Max(0, i - Context), Math.Min(edits.Count - 1, i + Context));
            if (open is { } hunk && first > hunk.Last + 1)
            {
                yield return hunk;
                open = null;
            }

            open = (open?.First ?? first, last);
        }

        if (open is { } rest)
            yield return rest;
    }

    private static void Append(StringBuilder text, List<(char Mark, string Line)> edits, int first, int last)
    {
        var hunk = edits[first..(last + 1)];
        var before = Range(edits.Take(first).Count(e => e.Mark != '+'), hunk.Count(e => e.Mark != '+'));
        var after = Range(edits.Take(first).Count(e => e.Mark != '-'), hunk.Count(e => e.Mark != '-'));
        text.Append(CultureInfo.InvariantCulture, $"@@ -{before} +{after} @@\n");
        foreach (var (mark, line) in hunk)
            text.Append(mark).Append(line).Append('\n');
    }

    private static string Range(int skipped, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? skipped : skipped + 1)},{count}");
}
