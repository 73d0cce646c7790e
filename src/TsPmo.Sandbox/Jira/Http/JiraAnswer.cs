using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TsPmo.Sandbox.Jira.Http;

/// <summary>An answer, complete before it is sent: nothing is written to the network while the site is locked.</summary>
internal sealed record JiraAnswer(int Status, ReadOnlyMemory<byte> Body, string ContentType)
{
    private const string Json = "application/json;charset=UTF-8";

    // Jira sends characters such as the plus of an offset as they are.
    private static readonly JsonWriterOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public const string NoIssue = "Issue does not exist or you do not have permission to see it.";

    public static JiraAnswer Empty(int status) => new(status, ReadOnlyMemory<byte>.Empty, Json);

    public static JiraAnswer Text(int status, string text, string contentType) => new(status, Encoding.UTF8.GetBytes(text), contentType);

    /// <summary>Jira's error body with messages that belong to no field.</summary>
    public static JiraAnswer Error(int status, params string[] messages) =>
        Problem(status, new JsonArray([.. messages.Select(m => (JsonNode?)JsonValue.Create(m))]), []);

    /// <summary>Jira's error body with a message at a field.</summary>
    public static JiraAnswer FieldError(int status, string field, string message) => Problem(status, [], new JsonObject { [field] = message });

    public static JiraAnswer Write(int status, Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, _plain))
            body(json);
        return new(status, buffer.WrittenMemory, Json);
    }

    private static JiraAnswer Problem(int status, JsonArray messages, JsonObject errors) =>
        Write(status, json => new JsonObject { ["errorMessages"] = messages, ["errors"] = errors }.WriteTo(json));
}
