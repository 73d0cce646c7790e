using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TsPmo.Engine.Pipeline.Publish;
using TsPmo.Engine.Storage;
using TsPmo.Model.Governance;

namespace TsPmo.Testing.Publishing;

/// <summary>
/// Edits of a person between publications, drawn from a fixed seed: in our text, beside it, and of all of it away. Each day has something to say, so that whatever may be written is.
/// </summary>
public sealed class PublishingEdits
{
    private readonly PublishingStage _stage;
    private readonly IServiceProvider _node;
    private readonly CancellationToken _cancellation;
    private readonly IPublicationLedger _ledger;
    private readonly HumanHand _hand;
    private readonly TrackerSnapshot _snapshot;
    private readonly Random _draw = new(20261201);
    private readonly Dictionary<string, ProjectScript> _scripts;
    private readonly Dictionary<string, int> _deleted = new(StringComparer.Ordinal);
    private readonly List<(PublicationDefinition Place, string Word)> _beside = [];
    private readonly Queue<(ProjectDefinition Project, PublicationDefinition Place, HumanAct Act)> _waiting = new();

    public PublishingEdits(PublishingStage stage, IServiceProvider node, CancellationToken cancellation)
    {
        (_stage, _node, _cancellation, _ledger) = (stage, node, cancellation, node.GetRequiredService<IPublicationLedger>());
        _snapshot = new(stage.Server, cancellation);
        _hand = new(stage.Server, _snapshot.WikiProject, cancellation);
        _scripts = stage.Projects.Select((p, i) => (p.Key, Script: new ProjectScript(PublishingStage.Calendar, (ulong)i + 1))).ToDictionary(p => p.Key, p => p.Script, StringComparer.Ordinal);
    }

    /// <summary>How many edits there were, by what the person did and where.</summary>
    public Dictionary<(HumanAct Act, string Target), int> Edits { get; } = [];

    /// <summary>How many conflicts were decided in favour of what the person had written.</summary>
    public int Kept { get; private set; }

    /// <summary>How many were decided in favour of ours.</summary>
    public int TakenOver { get; private set; }

    /// <summary>How many texts were deleted a second time, reported, and left alone.</summary>
    public int LeftDeleted { get; private set; }

    /// <summary>What did not come out as it should, in words.</summary>
    public List<string> Mistakes { get; } = [];

    /// <summary>Publishes everything once, and then lets a person edit so often.</summary>
    public async Task LiveAsync(int edits)
    {
        foreach (var project in _stage.Projects)
            await PublishAsync(project);
        for (var edit = 1; edit <= edits; edit++)
        {
            var (project, place, act) = Next();
            // A field is part of its item and cannot be taken away, only emptied: that is another text.
            var isWithin = act == HumanAct.Within || (act == HumanAct.Delete && place.Target == "Fields");
            var word = string.Create(CultureInfo.InvariantCulture, $"human{edit:000}word");
            Edits[(act, place.Target)] = Edits.GetValueOrDefault((act, place.Target)) + 1;
            await _hand.DoAsync(act, place, word);
            await (isWithin ? WithinAsync(project, place, act == HumanAct.Within ? word : null) : act == HumanAct.Beside ? BesideAsync(project, place, word) : DeletedAsync(project, place));
        }

        foreach (var (place, word) in Latest())
            await StandsAsync(place, word, "in the end");
    }

    /// <summary>Every act in every place comes once, in an order that is drawn, before any comes again.</summary>
    private (ProjectDefinition Project, PublicationDefinition Place, HumanAct Act) Next()
    {
        if (_waiting.Count == 0)
        {
            (ProjectDefinition, PublicationDefinition, HumanAct)[] all = [.. from project in _stage.Projects from place in project.Publications from act in Enum.GetValues<HumanAct>() select (project, place, act)];
            _draw.Shuffle(all);
            all.ToList().ForEach(_waiting.Enqueue);
        }

        return _waiting.Dequeue();
    }

    /// <summary>Of texts that replace each other in one field the last, of all others each.</summary>
    private IEnumerable<(PublicationDefinition Place, string Word)> Latest() =>
        _beside.Where(b => b.Place.Target != "Fields").Concat(_beside.Where(b => b.Place.Target == "Fields").GroupBy(b => (b.Place.Connector, b.Place.Anchor)).Select(g => g.Last()));

    private async Task WithinAsync(ProjectDefinition project, PublicationDefinition place, string? word)
    {
        var before = await ConflictsAsync(project, place);
        await ExpectAsync(project, place, PublicationAction.Conflict);
        await ExpectAsync(project, place, PublicationAction.Conflict);
        await StandsAsync(place, word, "in conflict");
        if (await ConflictsAsync(project, place) - before is not 1 and var times)
            Mistakes.Add($"{project.Key}/{place.Name}, {word}: the conflict was reported {times} times");
        if (_draw.Next(2) == 0)
        {
            await DecideAsync(project, place, ConflictResolution.KeepTheirs);
            await ExpectAsync(project, place, PublicationAction.Unchanged);
            await StandsAsync(place, word, "decided to be kept");
            Kept++;
        }

        await DecideAsync(project, place, ConflictResolution.TakeOver);
        await ExpectAsync(project, place, PublicationAction.Updated);
        if (word is not null && (await TextAsync(place)).Contains(word, StringComparison.Ordinal))
            Mistakes.Add($"{project.Key}/{place.Name}, {word}: still stands after ours was to take its place");
        TakenOver++;
    }

    private async Task BesideAsync(ProjectDefinition project, PublicationDefinition place, string word)
    {
        _beside.Add((place, word));
        await ExpectAsync(project, place, PublicationAction.Updated);
        await StandsAsync(place, word, "beside ours");
    }

    /// <summary>What was deleted is made again once; deleted again it is reported, and begun anew only after everything of the project was taken back.</summary>
    private async Task DeletedAsync(ProjectDefinition project, PublicationDefinition place)
    {
        var name = $"{project.Key}/{place.Name}";
        _deleted[name] = _deleted.GetValueOrDefault(name) + 1;
        if (_deleted[name] == 1)
        {
            await ExpectAsync(project, place, PublicationAction.Created);
            return;
        }

        await ExpectAsync(project, place, PublicationAction.Failed, "deleted-by-a-person");
        LeftDeleted++;
        await _node.GetRequiredService<RetractPass>().RunAsync(new PublishRequest([project.Key]), null, _cancellation);
        await PublishAsync(project);
        foreach (var publication in project.Publications)
            _deleted.Remove($"{project.Key}/{publication.Name}");
    }

    private async Task ExpectAsync(ProjectDefinition project, PublicationDefinition place, PublicationAction expected, string? code = null)
    {
        var rows = (await PublishAsync(project)).Publications;
        var row = rows.Single(r => r.Publication == place.Name);
        if (row.Action != expected || (code is not null && row.Error?.Code != code))
            Mistakes.Add($"{project.Key}/{place.Name}: {row.Action} instead of {expected}{(row.Error is { } error ? $" ({error.Code}: {error.Message})" : "")}");
        Mistakes.AddRange(rows.Where(r => r != row && r.Action != PublicationAction.Updated).Select(r => $"{project.Key}/{r.Publication}: {r.Action}, and nobody had touched it"));
    }

    /// <summary>A day with something to say about the project.</summary>
    private async Task<PublishReport> PublishAsync(ProjectDefinition project)
    {
        _stage.Figures.Today[project.Key] = _scripts[project.Key].Material();
        var report = await _node.GetRequiredService<PublishPass>().RunAsync(new PublishRequest([project.Key]), null, _cancellation);
        await _stage.Server.AdvanceClockAsync(TimeSpan.FromDays(1));
        return report;
    }

    private async Task DecideAsync(ProjectDefinition project, PublicationDefinition place, ConflictResolution resolution)
    {
        var conflict = (await _ledger.GetAsync(project.Key, place.Name, _cancellation))?.Conflict;
        if (conflict is null || !await _ledger.ResolveAsync(project.Key, place.Name, conflict.Fingerprint, resolution, "somebody", _stage.Server.Clock.GetUtcNow(), _cancellation))
            Mistakes.Add($"{project.Key}/{place.Name}: there is no conflict to decide");
    }

    private async Task<int> ConflictsAsync(ProjectDefinition project, PublicationDefinition place) =>
        (await _ledger.HistoryAsync(project.Key, int.MaxValue, _cancellation)).Count(e => e.Place.Publication == place.Name && e.Action == nameof(PublicationAction.Conflict));

    private async Task StandsAsync(PublicationDefinition place, string? word, string when)
    {
        if (word is not null && !(await TextAsync(place)).Contains(word, StringComparison.Ordinal))
            Mistakes.Add($"{place.Name} at {place.Anchor}, {word}: was overwritten, {when}");
    }

    private Task<string> TextAsync(PublicationDefinition place) =>
        place.Target == "WikiPage" ? _snapshot.WikiAsync(place.Connector) : _snapshot.ItemAsync(place.Connector, place.Anchor);
}
