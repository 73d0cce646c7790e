using System.Text.Json;
using System.Text.Json.Nodes;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Hosting;
using TsPmo.Sandbox.Portfolio;

namespace TsPmo.Testing.Apps;

/// <summary>Writes the configuration an administrator would write for a running sandbox.</summary>
public static class SandboxSettings
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The whole file as JSON, to be changed by a test before it is written.</summary>
    public static JsonObject Of(SandboxServer sandbox, string storeFile) => new()
    {
        ["TsPmo"] = new JsonObject
        {
            ["Store"] = new JsonObject { ["Provider"] = "Sqlite", ["ConnectionString"] = $"Data Source={storeFile}" },
            ["Schedule"] = new JsonObject { ["TimeZone"] = "Europe/Zurich" },
            ["Connectors"] = new JsonObject(sandbox.Trackers.Select(t => KeyValuePair.Create(t.Name, (JsonNode?)Connector(t)))),
            ["Projects"] = new JsonObject(sandbox.Portfolio.Projects.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Project(p)))),
        },
    };

    public static void Write(JsonObject settings, string file) => File.WriteAllText(file, settings.ToJsonString(Indented));

    private static JsonObject Connector(SandboxTracker tracker)
    {
        var auth = new JsonObject { ["Kind"] = tracker.AuthKind, ["Secret"] = tracker.Token };
        Set(auth, "User", tracker.AuthUser);
        return new JsonObject { ["Type"] = tracker.ConnectorType, ["BaseUrl"] = tracker.BaseUrl, ["Auth"] = auth, ["RequestsPerSecond"] = 1000 };
    }

    private static JsonObject Project(GovernedProject project)
    {
        var plan = new JsonObject();
        Set(plan, "Start", project.PlanStart?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Set(plan, "Finish", project.PlanFinish?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Set(plan, "BaselineAt", project.BaselineAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        return new JsonObject
        {
            ["Name"] = project.Name, ["Methodology"] = project.Methodology, ["Sponsor"] = project.Sponsor, ["Manager"] = project.Manager,
            ["Sources"] = new JsonObject(project.Sources.Select(s => KeyValuePair.Create(s.Name, (JsonNode?)Source(s)))),
            ["Plan"] = plan,
            ["Deployments"] = new JsonObject { ["Production"] = new JsonArray([.. project.Deployments.Production.Select(p => (JsonNode)JsonValue.Create(p))]), ["Versions"] = project.Deployments.Versions },
            ["Publish"] = new JsonObject(project.Publications.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)Publication(p)))),
        };
    }

    private static JsonObject Source(SourceScope source)
    {
        var node = new JsonObject { ["Connector"] = source.Tracker, ["Project"] = source.Project };
        Set(node, "AreaPath", source.AreaPath);
        return node;
    }

    private static JsonObject Publication(PublicationPlace place)
    {
        var node = new JsonObject { ["Connector"] = place.Tracker, ["Target"] = place.Target, ["Anchor"] = place.Anchor };
        if (place.Fields.Count > 0)
            node["Fields"] = new JsonObject(place.Fields.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)JsonValue.Create(f.Value))));
        return node;
    }

    private static void Set(JsonObject node, string name, string? value)
    {
        if (value is not null)
            node[name] = value;
    }
}
