using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Testing.Builders;

/// <summary>
/// A history drawn from a seed: items of two trackers that are begun, reopened, given up, deleted, moved in and out of sprints and re-estimated at drawn instants,
/// some of them the same for several changes. The same seed gives the same history.
/// </summary>
public sealed class DrawnHistory(int seed)
{
    private static readonly State[] States = [State.ToDo, State.InProgress, State.InProgress, State.InProgress, State.Done, State.Done, State.Done, State.Removed];
    private static readonly WorkItemKind[] Kinds = [WorkItemKind.Story, WorkItemKind.Story, WorkItemKind.Bug, WorkItemKind.Task, WorkItemKind.Feature, WorkItemKind.Subtask];

    /// <summary>The first instant at which anything happens: a Thursday.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Days over which things happen.</summary>
    public const int Days = 120;

    /// <summary>Whether every change is told once more a little later without changing anything.</summary>
    public bool WithEmptyChanges { get; init; }

    /// <summary>Whether items, and the changes of each, are told in reverse order; what happened to one field of one item stays in order.</summary>
    public bool Reversed { get; init; }

    /// <summary>Number of items.</summary>
    public int Items { get; init; } = 24;

    /// <summary>The history.</summary>
    public ProjectHistory Build()
    {
        var history = new HistoryBuilder { Holidays = [new(2026, 1, 6), new(2026, 2, 14), new(2026, 4, 6)], Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich") };
        history.Project = history.Project with { Plan = history.Project.Plan with { Finish = new(2026, 6, 30), BaselineAt = Start.AddDays(20) } };
        for (var i = 0; i < 8; i++)
        {
            var start = Start.AddDays(14 * i);
            history.Sprint($"S{i}", start, start.AddDays(14), isPlannedInDays: i % 4 == 3, completed: i % 4 == 1 ? start.AddDays(15) : null, isClosed: i < 7);
        }

        foreach (var i in Reversed ? Enumerable.Range(0, Items).Reverse() : Enumerable.Range(0, Items))
            Draw(history, i);
        return history.Build();
    }

    private void Draw(HistoryBuilder history, int index)
    {
        var draw = new Draws(seed * 1009 + index);
        var sprint = draw.Next(8);
        var item = history.Item($"{index:00}", index % 5 == 4 ? "other" : "tracker")
            .With("kind", Kinds[draw.Next(Kinds.Length)])
            .With("points", draw.Next(4) == 0 ? null : (decimal?)draw.Next(9))
            .With("sprints", draw.Next(3) == 0 ? Array.Empty<string>() : new[] { $"S{sprint}" })
            .With("parent", draw.Next(4) == 0 ? $"{draw.Next(Items):00}" : null)
            .With("waiting", false)
            .With("plannedFinish", draw.Next(3) == 0 ? null : (DateOnly?)new DateOnly(2026, 1, 10).AddDays(draw.Next(100)));
        item.Created = Start.AddHours(draw.Next(24 * Days / 2));
        var changes = Changes(draw, item.Created, sprint).OrderBy(c => c.At).ToList();
        Tell(item, WithEmptyChanges ? Padded(changes) : changes);
    }

    /// <summary>The order in which the fields are told may differ; each field's own changes stay in theirs.</summary>
    private void Tell(ItemBuilder item, IReadOnlyList<(DateTimeOffset At, string Field, object? Value)> changes)
    {
        var fields = changes.GroupBy(c => c.Field).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (Reversed)
            fields.Reverse();
        foreach (var (at, field, value) in fields.SelectMany(f => f))
            item.Change(at, field, value);
    }

    /// <summary>Each value is told again half an hour later, unless something else of the field happens before.</summary>
    private static List<(DateTimeOffset At, string Field, object? Value)> Padded(List<(DateTimeOffset At, string Field, object? Value)> changes)
    {
        var padded = new List<(DateTimeOffset At, string Field, object? Value)>();
        foreach (var field in changes.GroupBy(c => c.Field))
        {
            var own = field.ToList();
            for (var i = 0; i < own.Count; i++)
            {
                padded.Add(own[i]);
                if (i + 1 == own.Count || own[i + 1].At > own[i].At.AddMinutes(30))
                    padded.Add((own[i].At.AddMinutes(30), own[i].Field, own[i].Value));
            }
        }

        return padded;
    }

    private static IEnumerable<(DateTimeOffset At, string Field, object? Value)> Changes(Draws draw, DateTimeOffset created, int sprint)
    {
        var at = created;
        for (var i = draw.Next(9); i >= 0; i--)
        {
            at = at.AddHours(draw.Next(4) == 0 ? 0 : draw.Next(24 * 14));
            yield return (at, "state", States[draw.Next(States.Length)]);
            if (draw.Next(4) == 0)
                yield return (at.AddHours(draw.Next(3) * 20), "points", draw.Next(5) == 0 ? null : (decimal?)draw.Next(9));
            if (draw.Next(4) == 0)
                yield return (at.AddHours(draw.Next(2) * 30), "sprints", draw.Next(4) == 0 ? Array.Empty<string>() : new[] { $"S{Math.Min(7, sprint + draw.Next(3))}" });
            if (draw.Next(5) == 0)
                yield return (at, "waiting", draw.Next(2) == 0);
            if (draw.Next(25) == 0)
                yield return (at.AddHours(draw.Next(2) * 7), "deleted", draw.Next(3) > 0);
            if (draw.Next(25) == 0)
                yield return (at, "inScope", draw.Next(3) == 0);
        }

        // On the very instant at which a sprint starts or ends.
        if (draw.Next(2) == 0)
            yield return (Start.AddDays(14 * sprint), "state", States[draw.Next(States.Length)]);
    }

    /// <summary>A small generator with a fixed sequence (Numerical Recipes' linear congruential one).</summary>
    private sealed class Draws(int seed)
    {
        private uint _state = (uint)seed * 2654435761;

        public int Next(int below)
        {
            _state = _state * 1664525 + 1013904223;
            return (int)((_state >> 16) % (uint)below);
        }
    }
}
