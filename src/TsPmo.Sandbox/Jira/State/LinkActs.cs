using System.Globalization;
using System.Text.Json.Nodes;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Jira.State;

/// <summary>Links between issues and from issues to addresses outside.</summary>
internal sealed class LinkActs(JiraSite site)
{
    public void Add(DateTimeOffset at, JiraUser author, LinkSpec spec)
    {
        if (spec.ToId is null)
        {
            var url = spec.ToUrl ?? throw new ArgumentException("A link needs an end.", nameof(spec));
            AddRemote(at, author, site.Get(spec.FromId), globalId: null, new JsonObject { ["url"] = url, ["title"] = url });
            return;
        }
        var (type, source, destination) = Ends(spec);
        Connect(at, author, type, source, destination);
    }

    public void Remove(DateTimeOffset at, JiraUser author, LinkSpec spec)
    {
        if (spec.ToId is null)
        {
            var issue = site.Get(spec.FromId);
            var remote = issue.RemoteLinks.Find(l => l.Url == spec.ToUrl);
            if (remote is not null)
                RemoveRemote(at, author, issue, remote);
            return;
        }
        var (type, source, destination) = Ends(spec);
        if (Find(type, source, destination) is { } link)
            Disconnect(at, author, link);
    }

    /// <summary>Links two issues; a link that is there already stays as it is.</summary>
    public void Connect(DateTimeOffset at, JiraUser author, JiraLinkType type, JiraIssue source, JiraIssue destination)
    {
        if (Find(type, source, destination) is not null)
            return;
        var link = new JiraLink(site.NextId("link", 10300), type, source, destination);
        site.Links.Add(link.Id, link);
        source.Links.Add(link);
        destination.Links.Add(link);
        var (outward, inward) = Words(link);
        site.Record(source, author, at, [new("Link", "issuelinks", false, null, null, destination.Key, outward)]);
        site.Record(destination, author, at, [new("Link", "issuelinks", false, null, null, source.Key, inward)]);
    }

    public JiraRemoteLink AddRemote(DateTimeOffset at, JiraUser author, JiraIssue issue, string? globalId, JsonObject target)
    {
        var link = new JiraRemoteLink(site.NextId("remotelink", 10000), globalId) { Target = target };
        issue.RemoteLinks.Add(link);
        site.Record(issue, author, at, [new("RemoteIssueLink", null, false, null, null, Number(link.Id), RemoteWords(link))]);
        return link;
    }

    public void RemoveRemote(DateTimeOffset at, JiraUser author, JiraIssue issue, JiraRemoteLink link)
    {
        issue.RemoteLinks.Remove(link);
        site.Record(issue, author, at, [new("RemoteIssueLink", null, false, Number(link.Id), RemoteWords(link), null, null)]);
    }

    private void Disconnect(DateTimeOffset at, JiraUser author, JiraLink link)
    {
        site.Links.Remove(link.Id);
        link.Source.Links.Remove(link);
        link.Destination.Links.Remove(link);
        var (outward, inward) = Words(link);
        site.Record(link.Source, author, at, [new("Link", "issuelinks", false, link.Destination.Key, outward, null, null)]);
        site.Record(link.Destination, author, at, [new("Link", "issuelinks", false, link.Source.Key, inward, null, null)]);
    }

    private (JiraLinkType Type, JiraIssue Source, JiraIssue Destination) Ends(LinkSpec spec)
    {
        var (type, reversed) = site.Catalogue.Link(spec.Kind);
        var (from, to) = (site.Get(spec.FromId), site.Get(spec.ToId ?? spec.FromId));
        return reversed ? (type, to, from) : (type, from, to);
    }

    private static JiraLink? Find(JiraLinkType type, JiraIssue source, JiraIssue destination) =>
        source.Links.Find(l => l.Type == type && l.Source == source && l.Destination == destination);

    private static (string Outward, string Inward) Words(JiraLink link) =>
        ($"This issue {link.Type.Outward} {link.Destination.Key}", $"This issue {link.Type.Inward} {link.Source.Key}");

    private static string RemoteWords(JiraRemoteLink link) => $"This issue links to \"{link.Title} (Web Link)\"";

    private static string Number(int id) => id.ToString(CultureInfo.InvariantCulture);
}
