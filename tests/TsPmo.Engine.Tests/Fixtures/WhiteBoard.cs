using TsPmo.Engine.Storage;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;

namespace TsPmo.Engine.Tests.Fixtures;

/// <summary>A publisher whose places are lines of text in memory. Ours begin with the publication's id.</summary>
public sealed class WhiteBoard : IPublisher
{
    /// <summary>What stands where.</summary>
    public Dictionary<string, string> Standing { get; } = new(StringComparer.Ordinal);

    /// <summary>Writes that arrived, in their order.</summary>
    public List<PlannedWrite> Writes { get; } = [];

    /// <summary>Places whose text a person has changed.</summary>
    private readonly HashSet<string> _edited = new(StringComparer.Ordinal);

    /// <summary>Adds a line of a person's to what stands somewhere.</summary>
    public void Edit(string anchor, string line)
    {
        Standing[anchor] += $"\n{line}";
        _edited.Add(anchor);
    }

    /// <summary>Whether every write would notify people.</summary>
    public bool IsLoud { get; set; }

    /// <summary>Told of a write before it arrives; its result, where it has one, is the answer instead of doing it.</summary>
    public Func<PlannedWrite, Task<WriteResult?>>? Interrupt { get; set; }

    public Task<PublicationPlan> PlanAsync(PublicationRequest request, CancellationToken cancellationToken)
    {
        var standing = Standing.GetValueOrDefault(request.Anchor);
        var desired = request.Report is { } report ? string.Join('\n', [request.Id, report.ContentHash, .. report.Lines.Select(l => $"{l.Label}: {l.Text}")]) : null;
        var plan = new PublicationPlan { Outcome = PlanOutcome.Unchanged, Standing = standing, Desired = desired, Quiet = !IsLoud };
        if (standing is not null && _edited.Contains(request.Anchor) && !request.TakesOver)
            return Task.FromResult(plan with { Outcome = PlanOutcome.Conflict, Problem = new("edited-by-a-person", "Somebody changed it.", "Decide.") });
        if (request.Report is null)
            return Task.FromResult(standing is null ? plan : plan with { Outcome = PlanOutcome.Retract, Write = new(PlanOutcome.Retract, request.Anchor, request.Anchor, null, standing, null) });
        if (!request.TakesOver && standing?.Split('\n')[1] == request.Report.ContentHash)
            return Task.FromResult(plan with { RemoteId = request.Anchor, Written = standing });
        if (IsLoud && !request.AllowNotifications)
            return Task.FromResult(plan with { Outcome = PlanOutcome.Refused, Problem = new("loud-target", "Writing here sends mail.", "Allow it or choose a quiet target.") });
        var kind = standing is null ? PlanOutcome.Create : PlanOutcome.Update;
        return Task.FromResult(plan with { Outcome = kind, Write = new(kind, request.Anchor, standing is null ? null : request.Anchor, desired, null, null) });
    }

    public async Task<WriteResult> ApplyAsync(PlannedWrite write, CancellationToken cancellationToken)
    {
        if (Interrupt is not null && await Interrupt(write) is { } answer)
            return answer;
        Do(write);
        return new() { RemoteId = write.Anchor, Written = write.Payload };
    }

    /// <summary>Makes a write arrive.</summary>
    public void Do(PlannedWrite write)
    {
        Writes.Add(write);
        _edited.Remove(write.Anchor);
        if (write.Payload is { } text)
            Standing[write.Anchor] = text;
        else
            Standing.Remove(write.Anchor);
    }
}
