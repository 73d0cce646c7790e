using System.Runtime.CompilerServices;
using Shouldly;

namespace TsPmo.Testing.Snapshots;

/// <summary>
/// Compares a text with the approved one that lies beside the test (<c>Class.Name.approved.txt</c>). What differs is left as <c>.received.txt</c>; a run with
/// TSPMO_APPROVE=1 approves what it receives.
/// </summary>
public static class Snapshot
{
    public static void ShouldBeApproved(this string received, string name, [CallerFilePath] string testFile = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(testFile) ?? ".", $"{Path.GetFileNameWithoutExtension(testFile)}.{name}");
        var (approved, left) = ($"{stem}.approved.txt", $"{stem}.received.txt");
        if (Environment.GetEnvironmentVariable("TSPMO_APPROVE") == "1")
            File.WriteAllText(approved, received);
        var expected = File.Exists(approved) ? File.ReadAllText(approved) : "";
        if (expected == received)
        {
            File.Delete(left);
            return;
        }

        File.WriteAllText(left, received);
        received.ShouldBe(expected, $"{left} differs from {approved}");
    }
}
