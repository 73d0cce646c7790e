using System.Text;
using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Publishing;

namespace TsPmo.Plugins.Connectors.Jira.Publishing;

/// <summary>Comments and long texts of the cloud: a tree of nodes. Text goes into text nodes only, so no text can become a mention, a link or markup.</summary>
internal static class AtlassianDocument
{
    /// <summary>Writes lines: the first strong, the last small, those between as a list.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<string> lines)
    {
        Open(writer, "doc");
        writer.WriteNumber("version", 1);
        writer.WriteStartArray("content");
        for (var i = 0; i < lines.Count; i++)
        {
            if (i == 0)
                Paragraph(writer, lines[i], "strong");
            else if (i == lines.Count - 1)
                Paragraph(writer, lines[i], "em");
            else
                i = Bullets(writer, lines, i);
        }

        Close(writer);
    }

    /// <summary>Writes lines as paragraphs.</summary>
    public static void WriteProse(Utf8JsonWriter writer, IEnumerable<string> lines)
    {
        Open(writer, "doc");
        writer.WriteNumber("version", 1);
        writer.WriteStartArray("content");
        foreach (var line in lines.Where(l => l.Length > 0))
            Paragraph(writer, line, mark: null);
        Close(writer);
    }

    /// <summary>The text of a document, a line per block.</summary>
    public static string Read(JsonElement document)
    {
        var lines = new List<string>();
        Read(document, lines, new());
        return PlainText.Join(lines);
    }

    private static int Bullets(Utf8JsonWriter writer, IReadOnlyList<string> lines, int first)
    {
        Open(writer, "bulletList");
        writer.WriteStartArray("content");
        var i = first;
        for (; i < lines.Count - 1; i++)
        {
            Open(writer, "listItem");
            writer.WriteStartArray("content");
            Paragraph(writer, lines[i], mark: null);
            Close(writer);
        }

        Close(writer);
        return i - 1;
    }

    private static void Paragraph(Utf8JsonWriter writer, string text, string? mark)
    {
        Open(writer, "paragraph");
        writer.WriteStartArray("content");
        Open(writer, "text");
        writer.WriteString("text", text);
        if (mark is not null)
        {
            writer.WriteStartArray("marks");
            Open(writer, mark);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        Close(writer);
    }

    private static void Open(Utf8JsonWriter writer, string type)
    {
        writer.WriteStartObject();
        writer.WriteString("type", type);
    }

    private static void Close(Utf8JsonWriter writer)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Read(JsonElement node, List<string> lines, StringBuilder line)
    {
        switch (node.Text("type"))
        {
            case "text":
                line.Append(node.Text("text"));
                return;
            case "hardBreak":
                Flush(lines, line);
                return;
            case "mention" or "emoji" or "status" or "date" or "inlineCard":
                var attributes = node.Member("attrs");
                line.Append(attributes.Text("text") ?? attributes.Text("shortName") ?? attributes.Text("url") ?? attributes.Text("timestamp"));
                return;
        }

        foreach (var child in node.Items("content"))
            Read(child, lines, line);
        if (node.Text("type") is "paragraph" or "heading" or "codeBlock")
            Flush(lines, line);
    }

    private static void Flush(List<string> lines, StringBuilder line)
    {
        lines.AddRange(line.ToString().Split('\n'));
        line.Clear();
    }
}
