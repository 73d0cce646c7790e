using System.Text.RegularExpressions;

namespace TsPmo.Sync.Tests.HouseRules;

/// <summary>The rules of the house. Each gives the lines that break it; none is the rule kept.</summary>
internal static class Rules
{
    private const string Plugins = "src/TsPmo.Plugins/";

    /// <summary>What each project may reference, by project name; null: everything of ours.</summary>
    private static readonly Dictionary<string, string[]?> Allowed = new(StringComparer.Ordinal)
    {
        ["TsPmo.Model"] = [],
        ["TsPmo.Sandbox"] = [],
        ["TsPmo.Plugins"] = ["TsPmo.Model"],
        ["TsPmo.Engine"] = ["TsPmo.Model"],
        ["TsPmo.Engine.Sqlite"] = ["TsPmo.Engine", "TsPmo.Model"],
        ["TsPmo.Engine.PostgreSql"] = ["TsPmo.Engine", "TsPmo.Model"],
        ["TsPmo.Sync"] = null,
    };

    public static IReadOnlyList<string> Floors(SourceTree tree) =>
        [.. from file in tree.Files
            where file.Key.EndsWith(".csproj", StringComparison.Ordinal)
            let project = Path.GetFileNameWithoutExtension(file.Key)
            from Match reference in Regex.Matches(file.Value, @"ProjectReference Include=""[^""]*?(?<name>[\w.]+)\.csproj""", RegexOptions.None, TimeSpan.FromSeconds(1))
            where !Allowed.TryGetValue(project, out var allowed) || (allowed is not null && !allowed.Contains(reference.Groups["name"].Value, StringComparer.Ordinal))
            select $"{project} -> {reference.Groups["name"].Value}"];

    public static IReadOnlyList<string> ModelHasNoPackages(SourceTree tree) =>
        tree.Lines(f => f == "src/TsPmo.Model/TsPmo.Model.csproj", "PackageReference|FrameworkReference");

    /// <summary>A tracker's name belongs to its connector's folder and to the sandbox.</summary>
    public static IReadOnlyList<string> ToolNamesStayHome(SourceTree tree) =>
        [.. ConnectorFolders(tree).SelectMany(tool => tree.Lines(
            f => !f.StartsWith($"{Plugins}Connectors/{tool}/", StringComparison.Ordinal) && !f.StartsWith("src/TsPmo.Sandbox/", StringComparison.Ordinal),
            Regex.Replace(tool, "(?<=[a-z])(?=[A-Z])", " ?", RegexOptions.None, TimeSpan.FromSeconds(1)),
            RegexOptions.IgnoreCase))];

    public static IReadOnlyList<string> PluginsAreStrangers(SourceTree tree)
    {
        var folders = tree.Files.Keys.Select(PluginFolder).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return [.. folders.SelectMany(folder => tree.Lines(
            f => PluginFolder(f) == folder,
            @"TsPmo\.Plugins\.(" + string.Join('|', folders.Where(other => other != folder).Select(other => Regex.Escape(other.Replace('/', '.')))) + @")(\W|$)"))];
    }

    public static IReadOnlyList<string> MetricsAndNormalisersArePure(SourceTree tree) =>
        tree.Lines(
            f => f.StartsWith(Plugins + "Metrics/", StringComparison.Ordinal) || f.EndsWith("Normaliser.cs", StringComparison.Ordinal) || Regex.IsMatch(f, "^src/TsPmo.Model/(Planning|Flow|Sprints|Forecasting)/", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)),
            @"System\.Net\.Http|HttpClient|IServiceProvider|Microsoft\.Extensions|ILogger|(?<!\.)\bTask\b|Threading\.Tasks|\basync\b|TimeProvider|CancellationToken");

    public static IReadOnlyList<string> OnlyHttpMakesClients(SourceTree tree) =>
        tree.Lines(f => !f.StartsWith(Plugins + "Http/", StringComparison.Ordinal) && !f.StartsWith("src/TsPmo.Sandbox/", StringComparison.Ordinal) && f != "src/TsPmo.Sync/Health/HealthProbe.cs",
            @"new (HttpClient|SocketsHttpHandler|HttpClientHandler)\b|AddHttpClient");

    public static IReadOnlyList<string> OnlyStorageOpensDatabases(SourceTree tree) =>
        tree.Lines(f => !f.StartsWith("src/TsPmo.Engine/Storage/", StringComparison.Ordinal) && !f.StartsWith("src/TsPmo.Engine.Sqlite/", StringComparison.Ordinal)
                && !f.StartsWith("src/TsPmo.Engine.PostgreSql/", StringComparison.Ordinal) && !f.StartsWith("src/TsPmo.Engine/Scheduling/", StringComparison.Ordinal)
                && f.EndsWith(".cs", StringComparison.Ordinal),
            @"SqliteConnection\b|NpgsqlConnection\b|: DbContext\b|CreateDbContext|\.UseSqlite\(|\.UseNpgsql\(");

    public static IReadOnlyList<string> ConsoleAndCliReadReporting(SourceTree tree) =>
        tree.Lines(f => f.StartsWith("src/TsPmo.Sync/Web/", StringComparison.Ordinal) || f.StartsWith("src/TsPmo.Sync/Cli/", StringComparison.Ordinal),
            @"EntityFrameworkCore|TsPmo\.Engine\.Storage\.Rows|PmoContext\b|DbSet<");

    public static IReadOnlyList<string> OneClock(SourceTree tree) =>
        tree.Lines(f => f != "src/TsPmo.Sync/Program.cs", @"TimeProvider\.System\b");

    public static IReadOnlyList<string> NothingIsSilenced(SourceTree tree) =>
        tree.Lines(f => !f.StartsWith(Plugins + "Http/", StringComparison.Ordinal) && f is not "src/TsPmo.Sync/Program.cs" and not "src/TsPmo.Sync/Health/HealthProbe.cs" && !f.Contains("/Migrations/", StringComparison.Ordinal),
            @"#pragma warning disable|SuppressMessage|<NoWarn>");

    public static IReadOnlyList<string> NamesSayWhatThingsAre(SourceTree tree) =>
        [.. tree.Lines(f => f.EndsWith(".cs", StringComparison.Ordinal), @"\b(class|record|interface|struct|enum) \w*(Manager|Helper|Util|Utils|Utility|Common)\b"),
            .. tree.Files.Keys.Where(f => Regex.IsMatch(f, "/(?:Managers?|Helpers?|Utils?|Utilities|Common|Core|Services|Interfaces|Implementations)/", RegexOptions.None, TimeSpan.FromSeconds(1)))];

    public static IReadOnlyList<string> ConnectorFolders(SourceTree tree) =>
        [.. tree.Files.Keys.Select(f => Regex.Match(f, $"^{Plugins}Connectors/(?<name>[^/]+)/", RegexOptions.None, TimeSpan.FromSeconds(1))).Where(m => m.Success).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string? PluginFolder(string path)
    {
        var match = Regex.Match(path, $"^{Plugins}(?<folder>(?:Connectors|Metrics|Publishers)/[^/]+)/", RegexOptions.None, TimeSpan.FromSeconds(1));
        return match.Success ? match.Groups["folder"].Value : null;
    }
}
