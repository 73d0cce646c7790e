using System.Text.Json;
using System.Text.Json.Nodes;

namespace TsPmo.Testing.Contracts;

/// <summary>A difference between what was said and what the vendor's document declares.</summary>
/// <param name="Side">request or answer.</param>
/// <param name="Operation">Method and path template, or method and path where no operation matches.</param>
public sealed record ContractDifference(string Dialect, string Side, string Operation, string Place, string What)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Dialect} {Side} {Operation} {Place}: {What}";
}

/// <summary>Holds exchanges against the vendors' interface documents.</summary>
public sealed class ContractCheck
{
    private readonly Dictionary<string, IReadOnlyList<ContractDocument>> _documents;

    private ContractCheck(string folder)
    {
        var all = Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).ToList();
        _documents = new(StringComparer.Ordinal)
        {
            ["cloud"] = Load(all, "jira-cloud-"),
            ["dc"] = Load(all, "jira-dc"),
            ["ado"] = Load(all.Where(f => !f.EndsWith("ado-node-api-locations.json", StringComparison.Ordinal)), "ado-"),
        };
    }

    /// <summary>The folder of interface documents beside the repository, or null where there is none.</summary>
    public static string? Folder => SharedFolder.Find("contracts");

    public static ContractCheck Load(string folder) => new(folder);

    /// <summary>Every difference of one exchange; none means that it is as declared.</summary>
    public IReadOnlyList<ContractDifference> Compare(Exchange exchange)
    {
        var differences = new List<ContractDifference>();
        var path = exchange.Path.Split('?')[0];
        var known = Prefix(exchange.Dialect, path);
        var operation = Operation(exchange.Dialect, exchange.Method, known);
        if (operation is null && exchange.Dialect == "ado" && (operation = Operation("ado", exchange.Method, WithProject(known))) is not null)
            differences.Add(new("ado", "request", $"{exchange.Method} {operation.Template}", "path", "leaves the project out"));
        if (operation is null)
            return [new(exchange.Dialect, "request", $"{exchange.Method} {path}", "path", "is not declared")];

        void Report(string side, string place, string what) =>
            differences.Add(new(exchange.Dialect, side, $"{operation.Method} {operation.Template}", place, what));

        CheckQuery(operation, exchange, Report);
        CheckBody(operation.BodySchema, exchange.RequestBody, operation, (place, what) => Report("request", place, what));
        CheckAnswer(operation, exchange, (place, what) => Report("answer", place, what));
        return differences;
    }

    private ContractOperation? Operation(string dialect, string method, string path) =>
        _documents[dialect].SelectMany(d => d.Operations).Where(o => o.Matches(method, path)).MinBy(o => o.Holes);

    // The organisation-level form of a route that is declared with a project.
    private static string WithProject(string path) => path.Replace("/_apis/", "/any/_apis/", StringComparison.Ordinal);

    // The Data Center document leaves the servers' /rest out of its paths.
    private static string Prefix(string dialect, string path) =>
        dialect == "dc" && path.StartsWith("/rest/", StringComparison.Ordinal) ? path["/rest".Length..] : Uri.UnescapeDataString(path);

    private static void CheckQuery(ContractOperation operation, Exchange exchange, Action<string, string, string> report)
    {
        var sent = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(exchange.Path.Contains('?', StringComparison.Ordinal) ? exchange.Path[exchange.Path.IndexOf('?', StringComparison.Ordinal)..] : "");
        var declared = operation.QueryParameters.ToDictionary(p => (string)p["name"]!, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in sent)
        {
            if (!declared.TryGetValue(name, out var parameter))
                report("request", $"?{name}", "is not declared");
            else
                CheckQueryValue(operation, parameter, name, values.ToString(), report);
        }

        foreach (var (name, parameter) in declared)
        {
            if (parameter["required"]?.GetValue<bool>() == true && !sent.ContainsKey(name))
                report("request", $"?{name}", "is required");
        }
    }

    private static void CheckQueryValue(ContractOperation operation, JsonObject parameter, string name, string text, Action<string, string, string> report)
    {
        var schema = operation.Document.Resolve(parameter["schema"] as JsonObject ?? parameter);
        var type = schema["type"] is JsonValue t ? t.ToString() : "string";
        JsonNode value = type switch
        {
            "integer" or "number" when decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var n) => JsonValue.Create(n),
            "boolean" when bool.TryParse(text, out var b) => JsonValue.Create(b),
            "array" => new JsonArray([.. text.Split(',').Select(e => (JsonNode)JsonValue.Create(e))]),
            _ => JsonValue.Create(text),
        };
        if (type != "array")
            new SchemaCheck(operation.Document, (place, what) => report("request", place, what)).Check(schema, value, $"?{name}");
    }

    private static void CheckBody(JsonObject? schema, string? body, ContractOperation operation, Action<string, string> report)
    {
        if (string.IsNullOrEmpty(body))
            return;
        if (schema is null)
            report("body", "is not declared");
        else
            new SchemaCheck(operation.Document, report).Check(schema, JsonNode.Parse(body), "body");
    }

    private static void CheckAnswer(ContractOperation operation, Exchange exchange, Action<string, string> report)
    {
        var (declared, schema) = operation.Answer(exchange.Status);
        if (!declared)
            report("status", $"{exchange.Status} is not declared");
        else if (schema is not null && exchange.AnswerType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true && !string.IsNullOrEmpty(exchange.AnswerBody))
            new SchemaCheck(operation.Document, report).Check(schema, JsonNode.Parse(exchange.AnswerBody), "body");
    }

    private static IReadOnlyList<ContractDocument> Load(IEnumerable<string> files, string prefix) =>
        [.. files.Where(f => Path.GetFileName(f).StartsWith(prefix, StringComparison.Ordinal)).Select(ContractDocument.Load)];
}
