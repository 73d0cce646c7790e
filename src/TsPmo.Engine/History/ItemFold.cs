using TsPmo.Engine.Storage.Facts;
using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Engine.History;

/// <summary>Folds a stored item into its history under a vocabulary. Pure.</summary>
internal static class ItemFold
{
    public static ItemHistory Fold(string connector, StoredItem item, Vocabulary vocabulary)
    {
        var walk = new RawWalk(item);
        var (status, type, project) = (Status(walk), walk.Follow(vocabulary.TypeNameOf, RawFields.Type), Text(walk, RawFields.Project));
        var (parent, assignee, priority, area) = (Text(walk, RawFields.Parent), Text(walk, RawFields.Assignee), Text(walk, RawFields.Priority), Text(walk, RawFields.AreaPath));
        var (state, kind, blocked) = (walk.Follow(vocabulary.StateOf, Vocabulary.StateFields), walk.Follow(vocabulary.KindOf, Vocabulary.KindFields), walk.Follow(vocabulary.IsBlocked, Vocabulary.StandingFields));
        var (points, start, finish) = (walk.Follow(vocabulary.PointsOf, vocabulary.PointsFields), walk.Follow(vocabulary.StartOf, vocabulary.StartFields), walk.Follow(vocabulary.FinishOf, vocabulary.FinishFields));
        var (estimate, remaining, completed) = (Number(walk, RawFields.EstimateHours), Number(walk, RawFields.RemainingHours), Number(walk, RawFields.CompletedWork));
        var (sprints, milestones, labels, components) = (List(walk, RawFields.Sprints), List(walk, RawFields.Milestones), List(walk, RawFields.Labels), List(walk, RawFields.Components));
        var waiting = vocabulary.KnowsWaiting ? walk.Follow(vocabulary.IsWaiting, Vocabulary.StandingFields) : null;
        var deleted = walk.Follow(values => values[RawFields.Deleted].AsFlag(), RawFields.Deleted);
        var values = walk.Run();
        var told = AsTold(status);
        return new ItemHistory
        {
            Id = new SourceId(connector, item.Row.Id),
            Key = item.Row.Key,
            Url = item.Row.Url,
            Title = item.Row.Title,
            IsRestricted = item.Row.IsRestricted,
            Created = Instants.FromRow(item.Row.Created),
            Updated = Instants.FromRow(item.Row.Updated),
            Reporter = item.Row.Reporter,
            SpentHours = Current(item, RawFields.SpentHours) ?? Current(item, RawFields.CompletedWork),
            Status = new(told.Count == 0 ? vocabulary.StatusNameOf(values) : status.Initial.Text, told.Where(e => e.From != e.To)),
            StatusEntries = told,
            StatusName = vocabulary.StatusNameOf(values),
            HiddenSince = Instants.FromRow(item.Row.HiddenSince),
            State = state.ToTrack(),
            Kind = kind.ToTrack(),
            SourceType = type.ToTrack(),
            Project = project.ToTrack(),
            Parent = parent.ToTrack(),
            Assignee = assignee.ToTrack(),
            Points = points.ToTrack(),
            EstimateHours = estimate.ToTrack(),
            RemainingHours = remaining.ToTrack(),
            Sprints = sprints.ToTrack(),
            Milestones = milestones.ToTrack(),
            PlannedStart = start.ToTrack(),
            PlannedFinish = finish.ToTrack(),
            Priority = priority.ToTrack(),
            Labels = labels.ToTrack(),
            Blocked = blocked.ToTrack(),
            Waiting = waiting?.ToTrack(),
            Deleted = deleted.ToTrack(),
            AreaPath = area.ToTrack(),
            Components = components.ToTrack(),
            Matches = QueryTracks.Of(item.Memberships),
            CompletedWork = completed.Initial is null && completed.Changes.Count == 0 ? null : completed.ToTrack(),
        };
    }

    private static Follower<RawValue> Status(RawWalk walk) => walk.Follow(values => values[RawFields.Status], RawFields.Status, RawSame.Instance);

    /// <summary>A status has changed where its id has; how it was called then, on either side, is what the tracker's own entry says.</summary>
    private static List<TrackEntry<string?>> AsTold(Follower<RawValue> status) =>
        [.. status.Changes.Select(c => new TrackEntry<string?>(c.Step.At, c.Step.Author, From(c.Step, c.From), c.To.Text))];

    private static string? From(StoredEvent step, RawValue before) =>
        step.Changes.TryGetValue(RawFields.Status, out var told) && !told.From.IsNone ? told.From.Text : before.Text;

    private static Follower<string?> Text(RawWalk walk, string field) => walk.Follow(values => values[field].Text, field);

    private static Follower<decimal?> Number(RawWalk walk, string field) => walk.Follow(values => values[field].AsNumber(), field);

    private static Follower<IReadOnlyList<string>> List(RawWalk walk, string field) => walk.Follow(values => values[field].AsList(), field, ListComparer.Instance);

    private static decimal? Current(StoredItem item, string field) => item.Current.GetValueOrDefault(field).AsNumber();
}
