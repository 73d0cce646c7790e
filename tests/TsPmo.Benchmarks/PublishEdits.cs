using System.Globalization;
using System.Text;
using TsPmo.Testing.Publishing;

namespace TsPmo.Benchmarks;

/// <summary>Five hundred edits of a person between publications.</summary>
internal static class PublishEdits
{
    private static readonly int Edits = Setting.Number("PUBLISH_EDITS", 500);

    public static async Task<Summary> RunAsync(CancellationToken cancellation)
    {
        await using var stage = await PublishingStage.StartAsync(projects: 6, cancellation);
        var edits = new PublishingEdits(stage, await stage.OpenNodeAsync(cancellation), cancellation);
        await edits.LiveAsync(Edits);
        foreach (var mistake in edits.Mistakes)
            Console.Error.WriteLine(mistake);
        return new("Edited by a person between publications", edits.Mistakes.Count == 0, Body(edits));
    }

    private static string Body(PublishingEdits edits)
    {
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"{edits.Edits.Values.Sum()} edits from a fixed seed on the quiet targets of the three stand-ins, each followed by days on which there was something to say.")
            .AppendLine(CultureInfo.InvariantCulture, $"Texts of the person that were overwritten, conflicts that were not reported exactly once, and anything else that was not as expected: {edits.Mistakes.Count}.")
            .AppendLine(CultureInfo.InvariantCulture, $"Conflicts: {edits.TakenOver}; {edits.Kept} were first decided for the person's text, which then stayed, and all in the end for ours, which then took its place.")
            .AppendLine(CultureInfo.InvariantCulture, $"Deleted a second time, reported and not made again until everything of the project was taken back: {edits.LeftDeleted}.")
            .AppendLine()
            .AppendLine("| target | within ours | beside ours | ours away |")
            .AppendLine("| --- | --- | --- | --- |");
        foreach (var target in edits.Edits.Keys.Select(e => e.Target).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            text.AppendLine(CultureInfo.InvariantCulture, $"| {target} | {string.Join(" | ", Enum.GetValues<HumanAct>().Select(act => edits.Edits.GetValueOrDefault((act, target))))} |");
        return text.ToString();
    }
}
