using System.Security.Cryptography;
using System.Text;
using TsPmo.Engine.Storage;
using TsPmo.Model;
using TsPmo.Model.Publishing;

namespace TsPmo.Engine.Pipeline.Publish;

/// <summary>Where a person's edit and ours meet: theirs stays, and somebody decides.</summary>
internal sealed class ConflictDesk(IPublicationLedger ledger, TimeProvider clock)
{
    /// <summary>Whether somebody decided that ours takes the place of exactly what stands there now; another edit since is another conflict.</summary>
    public static bool IsToBeTakenOver(PublicationRecord? record, PublicationPlan plan) =>
        record?.Conflict is { Resolution: ConflictResolution.TakeOver } conflict && conflict.Fingerprint == Fingerprint(plan);

    /// <summary>Keeps the conflict, and tells of it unless somebody decided that theirs stays.</summary>
    public async Task<PublicationRow> MeetAsync(PublishRun run, PublicationPlace place, PublicationRecord? record, PublicationPlan plan, CancellationToken cancellationToken)
    {
        if (record?.Conflict is { Resolution: ConflictResolution.KeepTheirs })
            return place.Row(PublicationAction.Unchanged) with { Quiet = plan.Quiet };
        var problem = plan.Problem ?? new("edited-by-a-person", $"Somebody changed what we wrote at {place.Anchor}; it is left as it is.", "Decide on the console's page of publications.") { Scope = place.Anchor };
        if (!run.IsDry)
            await ledger.RecordConflictAsync(place, new(Fingerprint(plan), plan.Standing ?? "", problem.Message, clock.GetUtcNow()), cancellationToken);
        return place.Row(PublicationAction.Conflict) with { Quiet = plan.Quiet, Error = SyncError.Of(problem), Diff = UnifiedDiff.Between(plan.Standing, plan.Desired) };
    }

    private static string Fingerprint(PublicationPlan plan) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plan.Standing ?? "")))[..16];
}
