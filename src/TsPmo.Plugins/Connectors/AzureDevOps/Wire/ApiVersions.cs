using System.Collections.Concurrent;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Wire;

/// <summary>
/// Which api-version this server answers. Begins with the newest we know and steps down when told that it is out of range; remembers resources that
/// the server offers only as a preview.
/// </summary>
internal sealed class ApiVersions
{
    private static readonly string[] Known = ["7.1", "7.0", "6.0", "5.1"];

    private readonly ConcurrentDictionary<string, bool> _previews = new(StringComparer.OrdinalIgnoreCase);
    private int _index;

    /// <summary>The version in force.</summary>
    public string Current => Known[Volatile.Read(ref _index)];

    public string For(string resource) => _previews.ContainsKey(resource) ? Current + "-preview" : Current;

    /// <summary>Learns from a refusal; false when there is nothing left to try.</summary>
    /// <param name="resource">What was asked for.</param>
    /// <param name="asked">The version it was asked with.</param>
    /// <param name="typeKey">The kind of error the server named.</param>
    public bool Learn(string resource, string asked, string? typeKey) => typeKey switch
    {
        "VssVersionOutOfRangeException" => StepDown(asked.Split('-')[0]),
        "VssInvalidPreviewVersionException" => _previews.TryAdd(resource, true) || asked != For(resource),
        _ => false,
    };

    // Requests run side by side: only the first of them to be refused with a version steps down from it.
    private bool StepDown(string asked)
    {
        var index = Array.IndexOf(Known, asked);
        if (index < 0 || index + 1 >= Known.Length)
            return false;
        Interlocked.CompareExchange(ref _index, index + 1, index);
        return true;
    }
}
