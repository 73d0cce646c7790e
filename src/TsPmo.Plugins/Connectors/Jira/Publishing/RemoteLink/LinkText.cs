using System.Text.Json;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Publishing;

namespace TsPmo.Plugins.Connectors.Jira.Publishing.RemoteLink;

/// <summary>
/// What a link says. Its application names us, and carries the hash of the report, so that the same figures are not written twice, and a check over the rest,
/// so that a person's edit shows; people see the application's name alone.
/// </summary>
internal sealed record LinkText(string Address, string Title, string Summary)
{
    private const string Product = "TsPmo.Sync";
    private const string Prefix = "tspmo.";
    private const int Longest = 255;

    /// <summary>The global id of a publication's link, by which writing it again changes it.</summary>
    public static string IdOf(string publication)
    {
        var id = $"tspmo:{PlainText.OneLine(publication)}";
        return id.Length <= Longest ? id : id[..(Longest - Fingerprint.Length)] + Fingerprint.Of(publication);
    }

    public static LinkText Of(StatusReport report, Uri address) =>
        new(address.AbsoluteUri, PlainText.OneLine(PlainText.Title(report), Longest), PlainText.Headline(report, Longest));

    /// <summary>A link as it stands.</summary>
    public static LinkText Of(JsonElement link)
    {
        var shown = link.Member("object");
        return new(shown.Text("url") ?? "", shown.Text("title") ?? "", shown.Text("summary") ?? "");
    }

    /// <summary>Whether a link says what we last made it say.</summary>
    public static bool IsUntouched(JsonElement link) => Mark(link) is { } mark && mark.EndsWith($"-{Of(link).Check()}", StringComparison.Ordinal);

    /// <summary>Whether a link of ours was written for a report.</summary>
    public static bool Says(JsonElement link, StatusReport report) => Mark(link)?.StartsWith($"{Prefix}{Fingerprint.Short(report.ContentHash)}-", StringComparison.Ordinal) == true;

    /// <summary>The text as people read it.</summary>
    public string Shown() => PlainText.Join([Title, Summary, Address]);

    /// <summary>The body of the request. What is left out of it becomes empty.</summary>
    public string Body(string publication, StatusReport report) => JiraJson.Build(w =>
    {
        w.WriteStartObject();
        w.WriteString("globalId", IdOf(publication));
        w.WriteStartObject("application");
        w.WriteString("type", $"{Prefix}{Fingerprint.Short(report.ContentHash)}-{Check()}");
        w.WriteString("name", Product);
        w.WriteEndObject();
        w.WriteStartObject("object");
        w.WriteString("url", Address);
        w.WriteString("title", Title);
        w.WriteString("summary", Summary);
        w.WriteEndObject();
        w.WriteEndObject();
    }).GetRawText();

    private static string? Mark(JsonElement link) => link.Member("application").Text("type");

    private string Check() => Fingerprint.Of(Shown());
}
