using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors;

namespace TsPmo.Plugins.Publishing;

/// <summary>
/// Compares, field by field, what we wrote last, what stands and what should stand. Fields that we wrote once and that are no longer wanted get back
/// what stood there before us, unless a person has written there since.
/// </summary>
internal sealed class FieldComparison
{
    private readonly PublicationRequest _request;
    private readonly StandingFields _item;
    private readonly IReadOnlyDictionary<string, string?> _desired;
    private readonly Dictionary<string, string?> _written;
    private readonly Dictionary<string, string?> _before;

    /// <param name="request">What is asked for and what is remembered.</param>
    /// <param name="item">What stands there, at least in the fields of <see cref="Remembered"/> and in those that are wanted.</param>
    /// <param name="desired">What should stand there by field; none: everything is taken back.</param>
    public FieldComparison(PublicationRequest request, StandingFields item, IReadOnlyDictionary<string, string?> desired)
    {
        (_request, _item, _desired) = (request, item, desired);
        (_before, var written) = Memory(request);
        _written = written ?? Begun();
    }

    /// <summary>The fields that we remember to have written or begun to write.</summary>
    public static IEnumerable<string> Remembered(PublicationRequest request)
    {
        var (before, written) = Memory(request);
        return before.Keys.Concat(written?.Keys ?? Enumerable.Empty<string>()).Distinct(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What is to be done, as one write of all fields together.</summary>
    public PublicationPlan Plan()
    {
        var edited = _desired.Keys.Where(IsEdited).Order(StringComparer.Ordinal).ToList();
        var restore = _written.Keys.Where(IsToBeRestored).ToDictionary(f => f, f => _before.GetValueOrDefault(f), StringComparer.Ordinal);
        var isWanted = _desired.Count > 0;
        var plan = new PublicationPlan
        {
            Outcome = PlanOutcome.Unchanged,
            Quiet = true,
            Standing = Shown(_desired.Keys.Concat(restore.Keys).Where(f => _written.ContainsKey(f)), _item.Value),
            Desired = isWanted ? Shown(_desired.Keys.Concat(restore.Keys), f => _desired.TryGetValue(f, out var value) ? value : restore[f]) : null,
            RemoteId = _written.Count > 0 ? _item.Item : null,
            Written = _written.Count > 0 ? new FieldWrite(_desired, restore, Before()).Standing(_item) : null,
        };
        if (edited.Count > 0)
            return plan with { Outcome = PlanOutcome.Conflict, Problem = Edited(edited) };
        if (restore.Count == 0 && _desired.All(d => _item.Says(d.Key, d.Value)))
            return plan;
        if (restore.Count == 0 && SaysNothingNew())
            return plan with { Desired = plan.Standing };
        var kind = !isWanted ? PlanOutcome.Retract : _written.Count > 0 ? PlanOutcome.Update : PlanOutcome.Create;
        return plan with { Outcome = kind, Write = Write(kind, restore) };
    }

    private static (Dictionary<string, string?> Before, Dictionary<string, string?>? Written) Memory(PublicationRequest request)
    {
        var last = Kept.Read(request.Last?.Written, FieldJson.Default.FieldWrite);
        var before = new Dictionary<string, string?>(Kept.Read(request.Last?.Before, FieldJson.Default.DictionaryStringString) ?? [], StringComparer.OrdinalIgnoreCase);
        foreach (var (field, value) in last?.Before ?? new Dictionary<string, string?>())
            before[field] = value;
        return (before, last is null ? null : new(last.Set, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>A first write whose result was never learned: what stands there and did not before us is taken for ours.</summary>
    private Dictionary<string, string?> Begun() =>
        _before.Keys.Where(f => !_item.Same(f, _item.Value(f), _before[f])).ToDictionary(f => f, _item.Value, StringComparer.OrdinalIgnoreCase);

    // While it is not known whether the last write arrived, nothing can be told from a person's edit, and what stands may be ours.
    private bool IsEdited(string field) =>
        !_request.TakesOver
        && _request.Last is { IsConfirmed: true }
        && _written.TryGetValue(field, out var written)
        && !_item.Same(field, _item.Value(field), written)
        && !_item.Says(field, _desired[field]);

    private bool IsToBeRestored(string field) =>
        !_desired.ContainsKey(field)
        && (_request.TakesOver || _item.Same(field, _item.Value(field), _written[field]))
        && !_item.Same(field, _item.Value(field), _before.GetValueOrDefault(field));

    /// <summary>Whether the report is, in what matters, the one that was written last and every field holds what we wrote: a field has no room for a mark of its own.</summary>
    private bool SaysNothingNew() =>
        _request.Last is { IsConfirmed: true } last
        && _request.Report?.ContentHash == last.ContentHash
        && _desired.Keys.All(f => _written.TryGetValue(f, out var written) && _item.Same(f, _item.Value(f), written));

    private PlannedWrite Write(PlanOutcome kind, IReadOnlyDictionary<string, string?> restore)
    {
        var fields = new FieldWrite(_desired, restore, Before());
        var precondition = new FieldPrecondition(_item.Item, _item.Project, _item.Version, fields.All().Keys.ToDictionary(f => f, _item.Value, StringComparer.Ordinal));
        return new(
            kind,
            _request.Anchor,
            kind == PlanOutcome.Create ? null : _item.Item,
            fields.ToText(),
            JsonSerializer.Serialize(Before(), FieldJson.Default.DictionaryStringString),
            JsonSerializer.Serialize(precondition, FieldJson.Default.FieldPrecondition));
    }

    /// <summary>What stood before our first write is learned once per field and then kept.</summary>
    private Dictionary<string, string?> Before()
    {
        var before = new Dictionary<string, string?>(_before, StringComparer.Ordinal);
        foreach (var field in _desired.Keys.Where(f => !_before.ContainsKey(f)))
            before[field] = _item.Value(field);
        return before;
    }

    private Problem Edited(IReadOnlyList<string> fields) => new(
        "edited-by-a-person",
        $"In item {_item.Item} somebody changed {string.Join(", ", fields)} after we wrote there; their text stays.",
        "Put back what we wrote to let us go on, or take the field out of the publication.")
    {
        Scope = _request.Id,
    };

    private string? Shown(IEnumerable<string> fields, Func<string, string?> value)
    {
        var lines = fields.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).Select(f => $"{f}: {_item.Shown(f, value(f))}").ToList();
        return lines.Count == 0 ? null : string.Join('\n', lines);
    }
}
