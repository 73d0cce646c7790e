using System.Text.Json;
using System.Text.Json.Nodes;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>Checks that a body is an Atlassian document. The cloud takes nothing else for comments and long texts.</summary>
internal static class AtlassianDocument
{
    private const string NotADocument = "Operation value must be an Atlassian Document (see the Atlassian Document Format)";
    private const string NotValid = "Comment body is not valid!";

    private static readonly HashSet<string> _nodes = new(StringComparer.Ordinal)
    {
        "paragraph", "heading", "bulletList", "orderedList", "listItem", "codeBlock", "blockquote", "panel", "rule", "table", "tableRow", "tableHeader", "tableCell",
        "mediaSingle", "mediaGroup", "media", "expand", "nestedExpand", "taskList", "taskItem", "decisionList", "decisionItem", "layoutSection", "layoutColumn",
        "text", "hardBreak", "mention", "emoji", "date", "status", "inlineCard", "blockCard", "embedCard", "placeholder",
    };

    private static readonly HashSet<string> _marks = new(StringComparer.Ordinal)
    {
        "strong", "em", "code", "strike", "underline", "link", "subsup", "textColor", "backgroundColor", "border", "alignment", "indentation",
    };

    /// <summary>What is wrong with the body, or null.</summary>
    public static string? Fault(JsonNode? body)
    {
        if (body is not JsonObject document || Type(document) != "doc")
            return NotADocument;
        var version = document["version"] is JsonValue number && number.TryGetValue<int>(out var value) ? value : 0;
        return version == 1 && document["content"] is JsonArray content && content.All(IsNode) ? null : NotValid;
    }

    private static bool IsNode(JsonNode? node)
    {
        if (node is not JsonObject element || Type(element) is not { } type || !_nodes.Contains(type))
            return false;
        if (type == "text" && (element["text"]?.GetValueKind() != JsonValueKind.String || element["text"]?.GetValue<string>().Length == 0))
            return false;
        var marks = element["marks"] as JsonArray;
        if (marks is not null && !marks.All(m => m is JsonObject mark && Type(mark) is { } name && _marks.Contains(name)))
            return false;
        return element["content"] is null || (element["content"] is JsonArray content && content.All(IsNode));
    }

    private static string? Type(JsonObject node) => node["type"]?.GetValueKind() == JsonValueKind.String ? node["type"]?.GetValue<string>() : null;
}
