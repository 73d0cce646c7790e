using TsPmo.Engine.Storage;

namespace TsPmo.Sync.Web.Console;

/// <summary>What a form says about a conflict.</summary>
internal sealed record ConflictWord(string? Project, string? Publication, string? Fingerprint, string? Resolution, string By);

/// <summary>Takes down what a person decides about what somebody made of ours.</summary>
internal sealed class ConflictDecisions(IPublicationLedger ledger, TimeProvider clock)
{
    /// <summary>Keeps the decision and answers in a sentence.</summary>
    public async Task<string> DecideAsync(ConflictWord word, CancellationToken cancellation)
    {
        if (word is not { Project: { } project, Publication: { } publication, Fingerprint: { } fingerprint }
            || !Enum.TryParse<ConflictResolution>(word.Resolution, out var resolution) || resolution == ConflictResolution.None)
            return "The form was not complete; nothing was decided.";
        if (!await ledger.ResolveAsync(project, publication, fingerprint, resolution, word.By, clock.GetUtcNow(), cancellation))
            return $"Nothing was decided: what stands there is not what you saw, or no longer in conflict. Look at {project} {publication} again.";
        return resolution == ConflictResolution.KeepTheirs
            ? $"Theirs stays for {project} {publication}."
            : $"Ours takes its place for {project} {publication} with the next run of publish.";
    }
}
