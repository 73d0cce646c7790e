using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TsPmo.Testing.Contracts;

/// <summary>One operation of a document: how its path is matched, what it may be asked and what it may answer.</summary>
internal sealed class ContractOperation
{
    private readonly JsonObject _operation;
    private readonly Regex _path;

    public ContractOperation(ContractDocument document, string method, string template, JsonObject operation, JsonArray? shared)
    {
        Document = document;
        Method = method;
        Template = template.Split('?')[0];
        _operation = operation;
        var pattern = Regex.Replace(Regex.Escape(Template).Replace("\\{", "{", StringComparison.Ordinal), "{[^}]+}", "[^/]+", RegexOptions.None, TimeSpan.FromSeconds(1));
        _path = new Regex($"^{pattern}/?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        Parameters = [.. (shared ?? []).Concat(operation["parameters"] as JsonArray ?? []).Select(p => document.Resolve(p!.AsObject()))];
        Holes = Template.Count(c => c == '{');
    }

    public ContractDocument Document { get; }

    public string Method { get; }

    public string Template { get; }

    /// <summary>Number of path parameters: the fewer, the more specific.</summary>
    public int Holes { get; }

    public IReadOnlyList<JsonObject> Parameters { get; }

    public bool Matches(string method, string path) => Method == method && _path.IsMatch(path);

    public IEnumerable<JsonObject> QueryParameters => Parameters.Where(p => (string?)p["in"] == "query");

    /// <summary>Schema of the request's body, or null when it takes none.</summary>
    public JsonObject? BodySchema =>
        Parameters.FirstOrDefault(p => (string?)p["in"] == "body")?["schema"] as JsonObject
        ?? FirstContent(_operation["requestBody"] as JsonObject);

    /// <summary>Whether the status is declared, and the schema of its JSON body where there is one.</summary>
    public (bool Declared, JsonObject? Schema) Answer(int status)
    {
        var responses = _operation["responses"]?.AsObject() ?? [];
        var response = (responses[status.ToString(System.Globalization.CultureInfo.InvariantCulture)] ?? responses["default"]) as JsonObject;
        if (response is null)
            return (false, null);
        response = Document.Resolve(response);
        return (true, response["schema"] as JsonObject ?? FirstContent(response));
    }

    private JsonObject? FirstContent(JsonObject? carrier)
    {
        if (carrier is null)
            return null;
        var content = Document.Resolve(carrier)["content"] as JsonObject;
        return content?.Select(c => c.Value?["schema"]).OfType<JsonObject>().FirstOrDefault();
    }
}
