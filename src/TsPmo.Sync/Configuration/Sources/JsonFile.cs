using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using TsPmo.Sync.Configuration.Reading;

namespace TsPmo.Sync.Configuration.Sources;

/// <summary>
/// A JSON file as a source. Comments and trailing commas are allowed, null is the same as absent. Unlike the framework's reader it tells every
/// mistake by file, line and position, and a key that is given twice.
/// </summary>
internal sealed class JsonFile : ConfigurationProvider
{
    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private JsonFile()
    {
    }

    /// <summary>The file as a source; mistakes go to the problems and leave the source empty.</summary>
    public static JsonFile Read(string path, SettingProblems problems)
    {
        var file = new JsonFile();
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(File.ReadAllBytes(path)), Reading);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                file.Add("", document.RootElement, problems);
            else
                problems.Add(path, null, "does not hold an object", "write { \"TsPmo\": { … } }");
        }
        catch (JsonException e)
        {
            // Both count from zero; people and editors count from one.
            problems.Add(path, null, $"is not valid JSON at line {e.LineNumber + 1}, position {e.BytePositionInLine + 1}", "correct it there or just before");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(path, null, "cannot be read", "check that it exists and that this user may read it");
        }

        return file;
    }

    /// <summary>Editors on Windows put a byte order mark in front, which JSON does not allow.</summary>
    private static ReadOnlyMemory<byte> WithoutMark(byte[] bytes) => bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsMemory(3) : bytes;

    private void Add(string path, JsonElement element, SettingProblems problems)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                AddObject(path, element, problems);
                break;
            case JsonValueKind.Array:
                AddArray(path, element, problems);
                break;
            case JsonValueKind.Null:
                break;
            default:
                Data[path] = element.ToString();
                break;
        }
    }

    private void AddObject(string path, JsonElement element, SettingProblems problems)
    {
        if (path.Length > 0)
            Data.TryAdd(path, "");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in element.EnumerateObject())
        {
            var key = path.Length == 0 ? property.Name : ConfigurationPath.Combine(path, property.Name);
            if (!seen.Add(property.Name))
                problems.Add(key, null, "is given twice", "keep one of them");
            Add(key, property.Value, problems);
        }
    }

    private void AddArray(string path, JsonElement element, SettingProblems problems)
    {
        Data[path] = "";
        var index = 0;
        foreach (var item in element.EnumerateArray())
            Add(ConfigurationPath.Combine(path, (index++).ToString(System.Globalization.CultureInfo.InvariantCulture)), item, problems);
    }
}
