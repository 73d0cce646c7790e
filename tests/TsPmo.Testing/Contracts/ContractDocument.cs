using System.Text.Json.Nodes;

namespace TsPmo.Testing.Contracts;

/// <summary>One OpenAPI 3 or Swagger 2 document: its operations by path, with references resolved.</summary>
internal sealed class ContractDocument
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];

    private readonly JsonObject _root;
    private readonly List<ContractOperation> _operations = [];

    private ContractDocument(string name, JsonObject root)
    {
        Name = name;
        _root = root;
        foreach (var section in new[] { "paths", "x-ms-paths" })
        {
            foreach (var (template, item) in root[section]?.AsObject() ?? [])
                AddOperations(template, item!.AsObject());
        }
    }

    public string Name { get; }

    public IReadOnlyList<ContractOperation> Operations => _operations;

    public static ContractDocument Load(string file) =>
        new(Path.GetFileNameWithoutExtension(file), JsonNode.Parse(File.ReadAllBytes(file))!.AsObject());

    /// <summary>Follows a local reference; gives the node itself where it is none.</summary>
    public JsonObject Resolve(JsonObject node)
    {
        while (node["$ref"]?.GetValue<string>() is { } reference)
        {
            JsonNode target = _root;
            foreach (var step in reference.TrimStart('#', '/').Split('/'))
            {
                target = target[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)]
                    ?? throw new InvalidOperationException($"{Name}: {reference} leads nowhere.");
            }

            node = target.AsObject();
        }

        return node;
    }

    private void AddOperations(string template, JsonObject item)
    {
        foreach (var method in Methods)
        {
            if (item[method] is JsonObject operation)
                _operations.Add(new ContractOperation(this, method.ToUpperInvariant(), template, operation, item["parameters"] as JsonArray));
        }
    }
}
