using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>Where the catalogue was last read whole.</summary>
/// <param name="ReadAt">When, by our clock.</param>
/// <param name="Projects">The projects it was read for, as they were found.</param>
internal sealed record CatalogueCursor(DateTimeOffset ReadAt, IReadOnlyList<string> Projects);

/// <summary>What was last known about the iterations of each team.</summary>
/// <param name="Teams">By team id: a fingerprint of the iterations it had selected with their dates.</param>
internal sealed record IterationCursor(IReadOnlyDictionary<string, string> Teams);

/// <summary>Where the feed of revisions goes on.</summary>
/// <param name="Token">The feed's own token; null: from the beginning.</param>
/// <param name="Projects">Projects the feed has been read for since its beginning.</param>
/// <param name="Known">Items that ever were in one of them (see <see cref="KnownItems"/>).</param>
/// <param name="OwnFields">The organisation's own sizes and dates, which are read too.</param>
/// <param name="FieldsReadAt">When those were last looked up.</param>
internal sealed record RevisionCursor(string? Token, IReadOnlyList<string> Projects, string Known, IReadOnlyList<string> OwnFields, DateTimeOffset FieldsReadAt);

/// <summary>Where the feed of links goes on.</summary>
/// <param name="Token">The feed's own token; null: from the beginning.</param>
/// <param name="Projects">Projects the feed has been read for since its beginning.</param>
internal sealed record LinkCursor(string? Token, IReadOnlyList<string> Projects);

/// <summary>How far deliveries have been read, by project.</summary>
internal sealed record DeploymentCursor(IReadOnlyDictionary<string, DeliveryMarks> Projects);

/// <summary>How far the deliveries of one project have been read.</summary>
/// <param name="Builds">Latest finish of a build.</param>
/// <param name="Releases">Latest modification of a classic deployment.</param>
/// <param name="Environments">By environment id: every record up to this id is known and finished.</param>
internal sealed record DeliveryMarks(DateTimeOffset? Builds, DateTimeOffset? Releases, IReadOnlyDictionary<string, long> Environments)
{
    public static readonly DeliveryMarks None = new(null, null, new Dictionary<string, long>());
}

/// <summary>Cursors as text.</summary>
internal static class CursorText
{
    /// <summary>Reads a cursor; one that cannot be read begins anew, which costs time and loses nothing.</summary>
    public static T? Read<T>(string? text, JsonTypeInfo<T> type)
        where T : class
    {
        if (text is null)
            return null;
        try
        {
            return JsonSerializer.Deserialize(text, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CatalogueCursor))]
[JsonSerializable(typeof(IterationCursor))]
[JsonSerializable(typeof(RevisionCursor))]
[JsonSerializable(typeof(LinkCursor))]
[JsonSerializable(typeof(DeploymentCursor))]
internal sealed partial class CursorJson : JsonSerializerContext;
