using System.Globalization;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Hosting;
using TsPmo.Sandbox.Portfolio;

namespace TsPmo.Sync.Cli.Demo;

/// <summary>The configuration an administrator would write for the stand-in trackers and their portfolio.</summary>
internal static class DemoSettings
{
    /// <summary>The zone in which the stand-ins' people work.</summary>
    private const string Zone = "Europe/Zurich";

    /// <summary>All keys with their values.</summary>
    /// <param name="sandbox">The stand-ins.</param>
    /// <param name="storeFile">Full path of the store.</param>
    public static IReadOnlyDictionary<string, string?> Of(SandboxServer sandbox, string storeFile)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["TsPmo:Store:ConnectionString"] = $"Data Source={storeFile}",
            ["TsPmo:Schedule:TimeZone"] = Zone,
            // Any free port, so that a demo never fails because something else runs on this machine.
            ["TsPmo:Console:Urls"] = "http://127.0.0.1:0",
        };
        foreach (var tracker in sandbox.Trackers)
            AddConnector(settings, $"TsPmo:Connectors:{tracker.Name}", tracker);
        foreach (var project in sandbox.Portfolio.Projects)
            AddProject(settings, $"TsPmo:Projects:{project.Key}", project);
        return settings;
    }

    private static void AddConnector(Dictionary<string, string?> settings, string key, SandboxTracker tracker)
    {
        settings[$"{key}:Type"] = tracker.ConnectorType;
        settings[$"{key}:BaseUrl"] = tracker.BaseUrl;
        settings[$"{key}:Auth:Kind"] = tracker.AuthKind;
        settings[$"{key}:Auth:Secret"] = tracker.Token;
        Add(settings, $"{key}:Auth:User", tracker.AuthUser);
        // The stand-ins are on this machine; politeness towards them would only cost the visitor's time.
        settings[$"{key}:RequestsPerSecond"] = "1000";
    }

    private static void AddProject(Dictionary<string, string?> settings, string key, GovernedProject project)
    {
        settings[$"{key}:Name"] = project.Name;
        settings[$"{key}:Methodology"] = project.Methodology;
        settings[$"{key}:Sponsor"] = project.Sponsor;
        settings[$"{key}:Manager"] = project.Manager;
        Add(settings, $"{key}:Plan:Start", Day(project.PlanStart));
        Add(settings, $"{key}:Plan:Finish", Day(project.PlanFinish));
        Add(settings, $"{key}:Plan:BaselineAt", project.BaselineAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Add(settings, $"{key}:Plan:Budget", project.Budget?.ToString(CultureInfo.InvariantCulture));
        Add(settings, $"{key}:Plan:Currency", project.Currency);
        AddList(settings, $"{key}:Deployments:Production", project.Deployments.Production);
        AddList(settings, $"{key}:Deployments:Pipelines", project.Deployments.Pipelines);
        settings[$"{key}:Deployments:Versions"] = project.Deployments.Versions ? "true" : "false";
        foreach (var source in project.Sources)
            AddSource(settings, $"{key}:Sources:{source.Name}", source);
        foreach (var place in project.Publications)
            AddPublication(settings, $"{key}:Publish:{place.Name}", place);
    }

    private static void AddSource(Dictionary<string, string?> settings, string key, SourceScope source)
    {
        settings[$"{key}:Connector"] = source.Tracker;
        settings[$"{key}:Project"] = source.Project;
        Add(settings, $"{key}:AreaPath", source.AreaPath);
    }

    private static void AddPublication(Dictionary<string, string?> settings, string key, PublicationPlace place)
    {
        settings[$"{key}:Connector"] = place.Tracker;
        settings[$"{key}:Target"] = place.Target;
        settings[$"{key}:Anchor"] = place.Anchor;
        foreach (var (field, template) in place.Fields)
            settings[$"{key}:Fields:{field}"] = template;
    }

    private static void AddList(Dictionary<string, string?> settings, string key, IReadOnlyList<string> values)
    {
        for (var i = 0; i < values.Count; i++)
            settings[$"{key}:{i.ToString(CultureInfo.InvariantCulture)}"] = values[i];
    }

    private static void Add(Dictionary<string, string?> settings, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            settings[key] = value;
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
