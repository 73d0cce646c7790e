using System.Text.Json.Serialization;

namespace TsPmo.Sandbox.AzureDevOps;

/// <summary>Which product answers: the service, or a release of the server on premises.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AzureDevOpsEdition>))]
public enum AzureDevOpsEdition { Services, Server2022, Server2020, Server2019 }

/// <summary>How the stand-in organisation is set up for its caller. The defaults are a service in good order; every switch makes it as awkward as some real one.</summary>
public sealed record AzureDevOpsSwitches
{
    /// <summary>The product, which decides the versions that are spoken and some shapes.</summary>
    public AzureDevOpsEdition Edition { get; init; }

    /// <summary>How many items a query may find; one more is an error.</summary>
    public int MostRows { get; init; } = 20_000;

    /// <summary>Area paths the token may not see, with all below them: their items are in no list and no feed.</summary>
    public IReadOnlyList<string> HiddenAreas { get; init; } = [];

    /// <summary>Projects that are gone, or that the token may not see: in no list, not found under their addresses, and their items in no feed.</summary>
    public IReadOnlyList<string> GoneProjects { get; init; } = [];

    /// <summary>Whether an item out of sight is answered 403 instead of 404.</summary>
    public bool HiddenIsForbidden { get; init; }

    /// <summary>Whether the feed of revisions now and then tells one twice, and begins a page with the last of the page before.</summary>
    public bool RepeatsRevisions { get; init; }

    /// <summary>Whether single items and batches name people as text, as the feed does.</summary>
    public bool IdentitiesAsText { get; init; }

    /// <summary>Whether the bot may suppress the mails about its changes of items. Where it may not, no notice is taken of the wish.</summary>
    public bool MaySuppressNotifications { get; init; } = true;

    /// <summary>Projects in which nobody has made the wiki.</summary>
    public IReadOnlyList<string> WithoutWiki { get; init; } = [];
}
