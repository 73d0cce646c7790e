using System.Globalization;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Publishing;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Fields;

/// <summary>
/// Compares, field by field, what we wrote last, what stands and what should stand. Fields that we wrote once and that are no longer wanted get back
/// what stood there before us, unless a person has written there since.
/// </summary>
internal sealed class FieldComparison
{
    private readonly PublicationRequest _request;
    private readonly AnchorState _item;
    private readonly IReadOnlyDictionary<string, string?> _desired;
    private readonly Dictionary<string, string?> _written;
    private readonly Dictionary<string, string?> _before;

    public FieldComparison(PublicationRequest request, AnchorState item, IReadOnlyDictionary<string, string?> desired)
    {
        (_request, _item, _desired) = (request, item, desired);
        var last = PublishingJson.Read(request.Last?.Written, PublishingJson.Default.FieldWrite);
        _before = new(PublishingJson.Read(request.Last?.Before, PublishingJson.Default.DictionaryStringString) ?? [], StringComparer.OrdinalIgnoreCase);
        foreach (var (field, value) in last?.Before ?? new Dictionary<string, string?>())
            _before[field] = value;
        _written = new(last?.Set ?? Begun(), StringComparer.OrdinalIgnoreCase);
    }

    public PublicationPlan Plan()
    {
        var edited = _desired.Keys.Where(IsEdited).Order(StringComparer.Ordinal).ToList();
        var restore = _written.Keys
            .Where(f => !_desired.ContainsKey(f) && FieldValue.Same(Standing(f), _written[f]) && !FieldValue.Same(Standing(f), _before.GetValueOrDefault(f)))
            .ToDictionary(f => f, f => _before.GetValueOrDefault(f), StringComparer.Ordinal);
        var isWanted = _desired.Count > 0;
        var plan = new PublicationPlan
        {
            Outcome = PlanOutcome.Unchanged,
            Quiet = true,
            Standing = Shown(_desired.Keys.Concat(restore.Keys).Where(f => _written.ContainsKey(f)), Standing),
            Desired = isWanted ? Shown(_desired.Keys.Concat(restore.Keys), f => _desired.TryGetValue(f, out var value) ? value : restore[f]) : null,
            RemoteId = _written.Count > 0 ? _item.Id : null,
            Written = _written.Count > 0 ? new FieldWrite(_desired, restore, Before()).Standing(_item) : null,
        };
        if (edited.Count > 0)
            return plan with { Outcome = PlanOutcome.Conflict, Problem = Edited(edited) };
        if (restore.Count == 0 && _desired.All(d => FieldValue.Same(Standing(d.Key), d.Value)))
            return plan;
        var kind = !isWanted ? PlanOutcome.Retract : _written.Count > 0 ? PlanOutcome.Update : PlanOutcome.Create;
        return plan with { Outcome = kind, Write = Write(kind, restore) };
    }

    private string? Standing(string field) => _item.Standing(field);

    /// <summary>A first write whose result was never learned: what stands there and did not before us is taken for ours.</summary>
    private Dictionary<string, string?> Begun() =>
        _before.Keys.Where(f => !FieldValue.Same(Standing(f), _before[f])).ToDictionary(f => f, Standing, StringComparer.Ordinal);

    // While it is not known whether the last write arrived, nothing can be told from a person's edit, and what stands may be ours.
    private bool IsEdited(string field) =>
        _request.Last is { IsConfirmed: true }
        && _written.TryGetValue(field, out var written)
        && !FieldValue.Same(Standing(field), written)
        && !FieldValue.Same(Standing(field), _desired[field]);

    private PlannedWrite Write(PlanOutcome kind, IReadOnlyDictionary<string, string?> restore)
    {
        var fields = new FieldWrite(_desired, restore, Before());
        var precondition = new FieldPrecondition(_item.Id, _item.Project, _item.Revision, fields.All().Keys.ToDictionary(f => f, Standing, StringComparer.Ordinal));
        return new(
            kind,
            _request.Anchor,
            kind == PlanOutcome.Create ? null : _item.Id,
            fields.ToText(),
            JsonSerializer.Serialize(Before(), PublishingJson.Default.DictionaryStringString),
            JsonSerializer.Serialize(precondition, PublishingJson.Default.FieldPrecondition));
    }

    /// <summary>What stood before our first write is learned once per field and then kept.</summary>
    private Dictionary<string, string?> Before()
    {
        var before = new Dictionary<string, string?>(_before, StringComparer.Ordinal);
        foreach (var field in _desired.Keys.Where(f => !_before.ContainsKey(f)))
            before[field] = Standing(field);
        return before;
    }

    private Problem Edited(IReadOnlyList<string> fields) => new(
        "edited-by-a-person",
        string.Create(CultureInfo.InvariantCulture, $"In work item {_item.Id} somebody changed {string.Join(", ", fields)} after we wrote there; their text stays."),
        "Put back what we wrote to let us go on, or take the field out of the publication.")
    {
        Scope = _request.Id,
    };

    private static string? Shown(IEnumerable<string> fields, Func<string, string?> value)
    {
        var lines = fields.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).Select(f => $"{f}: {value(f)}").ToList();
        return lines.Count == 0 ? null : string.Join('\n', lines);
    }
}
