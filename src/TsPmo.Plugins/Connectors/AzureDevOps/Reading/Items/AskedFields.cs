using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Items;

/// <summary>
/// The fields that one reading asks for. A tracker that has lost one since they were looked up refuses the question and names it: they are then looked up again, once in a reading.
/// </summary>
internal sealed class AskedFields(AzureDevOpsClient client, IReadOnlyList<string> names)
{
    private bool _isAnew;
    private SourceRecord? _changed;

    public IReadOnlyList<string> Names { get; private set; } = names;

    /// <summary>What is to be told of fields that were looked up again, once.</summary>
    public IEnumerable<SourceRecord> TakeChanged()
    {
        if (_changed is { } changed)
            yield return changed;
        _changed = null;
    }

    /// <summary>The answer to a question that names the fields.</summary>
    public async Task<T> AskAsync<T>(Func<IReadOnlyList<string>, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(Names);
        }
        catch (TrackerException e) when (!_isAnew && e.Status is 400 or 404 && Names.Any(n => e.Problem.Message.Contains(n, StringComparison.OrdinalIgnoreCase)))
        {
            _isAnew = true;
            (Names, JsonElement all) = await FieldChoice.ReadAsync(client, cancellationToken);
            _changed = FieldChoice.Record(all);
            return await ask(Names);
        }
    }
}
