using TsPmo.Testing;

namespace TsPmo.Sync.Tests.Packaging;

public sealed class DockerfileTests
{
    private static readonly string Root = SharedFolder.RepositoryRoot();
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Root, "Dockerfile"));

    [Fact]
    public void Every_path_that_is_copied_from_the_repository_exists() =>
        Copied().Where(path => !Path.Exists(Path.Combine(Root, path))).ShouldBeEmpty();

    [Fact]
    public void Every_file_that_a_build_reads_from_the_root_is_copied() =>
        new[] { "global.json", "Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig", "appsettings.json", "config/", "src/" }
            .Except(Copied(), StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void The_container_does_not_run_as_root() =>
        Lines.Last(l => l.StartsWith("USER ", StringComparison.Ordinal)).ShouldBe("USER $APP_UID");

    [Fact]
    public void The_container_is_healthy_when_the_host_says_so() =>
        Lines.ShouldContain(l => l.StartsWith("HEALTHCHECK", StringComparison.Ordinal) && l.Contains("\"tspmo.dll\", \"health\"", StringComparison.Ordinal));

    private static IReadOnlyList<string> Copied() =>
        [.. Lines.Where(l => l.StartsWith("COPY ", StringComparison.Ordinal) && !l.Contains("--from=", StringComparison.Ordinal))
            .SelectMany(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..^1])];
}
