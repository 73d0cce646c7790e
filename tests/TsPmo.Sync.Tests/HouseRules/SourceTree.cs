using System.Text.RegularExpressions;
using TsPmo.Testing;

namespace TsPmo.Sync.Tests.HouseRules;

/// <summary>The source files of the house by their path from the repository's root, with forward slashes.</summary>
internal sealed class SourceTree(IReadOnlyDictionary<string, string> files)
{
    private static readonly string[] Extensions = [".cs", ".razor", ".csproj"];

    public IReadOnlyDictionary<string, string> Files => files;

    public static SourceTree OfRepository()
    {
        var root = SharedFolder.RepositoryRoot();
        var files = Directory.EnumerateFiles(Path.Combine(root, "src"), "*", SearchOption.AllDirectories)
            .Where(f => Extensions.Contains(Path.GetExtension(f), StringComparer.Ordinal))
            .Select(f => Path.GetRelativePath(root, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .ToDictionary(f => f, f => File.ReadAllText(Path.Combine(root, f)), StringComparer.Ordinal);
        return new SourceTree(files);
    }

    /// <summary>This tree with one more file, to see a rule turn red.</summary>
    public SourceTree With(string path, string text) => new(new Dictionary<string, string>(files, StringComparer.Ordinal) { [path] = text });

    /// <summary>"path: line" of every line that matches, in the files chosen.</summary>
    public IReadOnlyList<string> Lines(Func<string, bool> choose, string pattern, RegexOptions options = RegexOptions.None)
    {
        var regex = new Regex(pattern, options | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
        return [.. files.Where(f => choose(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal)
            .SelectMany(f => f.Value.Split('\n').Where(line => regex.IsMatch(line)).Select(line => $"{f.Key}: {line.Trim()}"))];
    }
}
