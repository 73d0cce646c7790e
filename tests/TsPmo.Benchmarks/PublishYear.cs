using System.Diagnostics;
using System.Globalization;
using System.Text;
using TsPmo.Engine.Pipeline.Publish;
using TsPmo.Testing.Publishing;

namespace TsPmo.Benchmarks;

/// <summary>A year of daily publishing over many projects, each day labelled beforehand, and then everything taken back.</summary>
internal static class PublishYear
{
    private static readonly int Projects = Setting.Number("YEAR_PROJECTS", 40);
    private static readonly int Days = Setting.Number("YEAR_DAYS", 364);

    public static async Task<Summary> RunAsync(CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await using var stage = await PublishingStage.StartAsync(Projects, cancellation);
        var node = await stage.OpenNodeAsync(cancellation);
        var snapshot = new TrackerSnapshot(stage.Server, cancellation);
        var before = await snapshot.HashAsync();
        stage.Server.Notifications.Clear();
        var year = new PublishingYear(stage, node);
        await year.LiveAsync(Days, cancellation);
        foreach (var mistake in year.Mistakes)
            Console.Error.WriteLine(mistake);
        var retracted = await PublishingStage.RetractAsync(node, cancellation);
        var isClean = await snapshot.HashAsync() == before;
        var comments = stage.Projects.Count(p => p.Publications.Any(q => q is { Connector: "jiraCloud", Target: "Comment" }));
        var passed = isClean && year.Mistakes.Count == 0 && retracted.Errors.Count == 0 && stage.Server.Notifications.Sent.Count == comments;
        return new("A year of publishing", passed, Body(stage, year, retracted, isClean, comments, watch.Elapsed));
    }

    private static string Body(PublishingStage stage, PublishingYear year, PublishReport retracted, bool isClean, int comments, TimeSpan time) => new StringBuilder()
        .AppendLine(CultureInfo.InvariantCulture, $"{Projects} projects, {Days + 1} days, {year.Writes.Count} publications on quiet targets of three stand-ins, in {time.TotalMinutes:0.0} minutes.")
        .AppendLine(CultureInfo.InvariantCulture, $"Days of a project labelled material: {year.MaterialDays}, immaterial: {year.ImmaterialDays}; publications that were written on a day when they should not have been, or not when they should: {year.Mistakes.Count}.")
        .AppendLine(CultureInfo.InvariantCulture, $"Writes: {year.Writes.Values.Sum()}, at least {year.Writes.Values.Min()} and at most {year.Writes.Values.Max()} per publication.")
        .AppendLine(CultureInfo.InvariantCulture, $"Notifications: {stage.Server.Notifications.Sent.Count}, one for each of the {comments} comments in the cloud when it was made.")
        .AppendLine(CultureInfo.InvariantCulture, $"Taken back: {retracted.Publications.Count(p => p.Action == PublicationAction.Retracted)} of {retracted.Publications.Count}; everything in the three trackers {(isClean ? "is as it was before the first day" : "differs from what it was")}.")
        .ToString();
}
