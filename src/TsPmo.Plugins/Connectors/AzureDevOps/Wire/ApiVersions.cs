using System.Collections.Concurrent;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Wire;

/// <summary>
/// Which api-version this server answers, by area ("wit" of "wit/workitems"). Begins with the newest we know and steps down when told that it is out of
/// range; a server that says which is its latest is believed for every area. Remembers resources that are offered only as a preview.
/// </summary>
internal sealed class ApiVersions
{
    private static readonly string[] Known = ["7.1", "7.0", "6.0", "5.1", "5.0"];

    private readonly ConcurrentDictionary<string, int> _steps = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, bool> _previews = new(StringComparer.OrdinalIgnoreCase);
    private int _latest;

    /// <summary>The highest version that the server was not found to refuse.</summary>
    public string Current => Known[Math.Max(Volatile.Read(ref _latest), _steps.Values.DefaultIfEmpty(0).Min())];

    public string For(string resource)
    {
        var version = Known[Step(Area(resource))];
        return _previews.ContainsKey(resource) ? version + "-preview" : version;
    }

    /// <summary>Learns from a refusal; false when there is nothing left to try.</summary>
    /// <param name="resource">What was asked for.</param>
    /// <param name="asked">The version it was asked with.</param>
    /// <param name="typeKey">The kind of error the server named.</param>
    /// <param name="words">The server's words.</param>
    public bool Learn(string resource, string asked, string? typeKey, string? words) => typeKey switch
    {
        "VssVersionOutOfRangeException" => StepDown(Area(resource), asked.Split('-')[0], words),
        "VssInvalidPreviewVersionException" => _previews.TryAdd(resource, true) || asked != For(resource),
        _ => false,
    };

    // Requests run side by side: only the first of them to be refused with a version steps down from it.
    private bool StepDown(string area, string asked, string? words)
    {
        var refused = Array.IndexOf(Known, asked);
        if (refused < 0)
            return false;
        if (Latest(words) is { } latest && latest > refused)
            LowerTo(latest);
        else if (Step(area) <= refused && refused < Known.Length - 1)
            _steps[area] = refused + 1;
        return Step(area) > refused;
    }

    private int Step(string area) => Math.Max(Volatile.Read(ref _latest), _steps.GetValueOrDefault(area));

    private void LowerTo(int step)
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _latest);
        }
        while (seen < step && Interlocked.CompareExchange(ref _latest, step, seen) != seen);
    }

    /// <summary>"… is out of range for this server. The latest REST API version this server supports is 6.0." names the first version that can succeed.</summary>
    private static int? Latest(string? words)
    {
        var last = words?.TrimEnd('.', ' ').Split(' ')[^1];
        if (words?.Contains("latest", StringComparison.OrdinalIgnoreCase) != true || !Version.TryParse(last, out var latest))
            return null;
        var step = Array.FindIndex(Known, k => Version.Parse(k) <= latest);
        return step < 0 ? null : step;
    }

    private static string Area(string resource) => resource.Split('/', 2)[0];
}
