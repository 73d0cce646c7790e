using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Storage;
using TsPmo.Model;
using TsPmo.Model.Risks;

namespace TsPmo.Engine.Reporting.Risks;

/// <summary>What somebody says about a risk.</summary>
/// <param name="Project">PMO project key (any case).</param>
/// <param name="Risk">The risk's id, as the register lists it.</param>
/// <param name="Status">Accepted or dismissed.</param>
/// <param name="By">Who says it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Probability">0 to 1; null: not assessed. Only together with the impact.</param>
/// <param name="Impact">0 to 1; null: not assessed.</param>
public sealed record RiskWord(string Project, string Risk, RiskStatus Status, string By, string Reason, decimal? Probability = null, decimal? Impact = null);

/// <summary>Where people accept, assess and dismiss risks.</summary>
public sealed class RiskDesk(IPmoSource pmo, RiskQuery risks, IRiskLedger ledger, TimeProvider clock)
{
    /// <summary>Keeps what was said about a risk that is in the register now. What cannot be kept is the answer; null: it is kept.</summary>
    public async Task<Problem?> DecideAsync(RiskWord word, CancellationToken cancellationToken)
    {
        var choice = ProjectChoice.Of(pmo.Current.Definition, [word.Project]);
        if (choice.Problems is [var unknown, ..])
            return unknown;
        if (Flaw(word) is { } flaw)
            return flaw;
        var (project, now) = (choice.Projects[0], clock.GetUtcNow());
        var register = await risks.OfAsync(project, now, cancellationToken);
        if (register.FirstOrDefault(r => r.Id == word.Risk) is not { } risk)
            return new Problem("risk-unknown", $"The register of {project.Key} has no risk '{word.Risk}' now.", "It may have closed by itself; look at the register again.") { Scope = word.Risk };
        await ledger.AddAsync(project.Key, new(risk.Id, now, word.By, word.Status, word.Reason) { Title = risk.Title, Probability = word.Probability, Impact = word.Impact }, cancellationToken);
        return null;
    }

    private static Problem? Flaw(RiskWord word) => word switch
    {
        { Status: not (RiskStatus.Accepted or RiskStatus.Dismissed) } => Invalid("A risk is accepted or dismissed; it closes by itself.", "Say Accepted or Dismissed."),
        _ when string.IsNullOrWhiteSpace(word.By) || string.IsNullOrWhiteSpace(word.Reason) => Invalid("It is not said who decides and why.", "Give a name and a reason."),
        _ when word.Probability is null != word.Impact is null => Invalid("Probability and impact are only of use together.", "Give both, or neither."),
        { Probability: < 0 or > 1 } or { Impact: < 0 or > 1 } => Invalid("Probability and impact lie between 0 and 1.", "Give fractions, such as 0.3 and 0.4."),
        _ => null,
    };

    private static Problem Invalid(string message, string remedy) => new("risk-decision-invalid", message, remedy);
}
