using System.Globalization;
using System.Text.Json.Nodes;
using TsPmo.Testing.Scale;

namespace TsPmo.Benchmarks;

/// <summary>A computed tracker whose first pass is measured.</summary>
/// <param name="Title">What it is called in the summary.</param>
/// <param name="Holds">What it holds, in words.</param>
/// <param name="Changes">Changes that a first pass must store at least.</param>
/// <param name="Least">The fewest requests that can bring everything; null where none follow from the tracker's caps.</param>
/// <param name="MostUnchanged">The most requests that a pass over it may cost when nothing has changed; null: not said here.</param>
/// <param name="Caps">The caps that they follow from, or why none do, in words.</param>
/// <param name="StartAsync">Starts it.</param>
/// <param name="Settings">The configuration that reads it into a store.</param>
internal sealed record ScaleSubject(
    string Title, string Holds, long Changes, long? Least, long? MostUnchanged, string Caps, Func<Task<ScaleServer>> StartAsync, Func<ScaleServer, string, JsonObject> Settings)
{
    public static ScaleSubject Of(ScaleSite site) => new(
        "A large Jira",
        string.Create(CultureInfo.InvariantCulture, $"Jira {(site.IsCloud ? "Cloud" : "Data Center")} with {site.Issues} issues and {site.Changes} history entries"),
        site.Changes,
        site.IsCloud ? ScaleRun.LeastRequests(site) : null,
        ScaleRun.UnchangedRequests,
        site.IsCloud ? "100 issues a page; histories of 1,000 issues or 10,000 entries an answer; a request per issue for links of which no history tells is left to reconciliations, 500 in each, and is in none of these passes" : "histories come with the issues there, in pages as large as memory allows",
        () => ScaleServer.StartAsync(site),
        (server, store) => ScaleRun.Settings(server, site, store));

    public static ScaleSubject Of(AzureSite site) => new(
        "A large Azure DevOps",
        string.Create(CultureInfo.InvariantCulture, $"Azure DevOps with {site.Items} work items and {site.Revisions} revisions"),
        site.Revisions - site.Items,
        ScaleRun.LeastRequests(site),
        null,
        "1,000 revisions a batch of a project's feed, which is the server's choice",
        () => ScaleServer.StartAsync(site),
        ScaleRun.AzureSettings);
}
