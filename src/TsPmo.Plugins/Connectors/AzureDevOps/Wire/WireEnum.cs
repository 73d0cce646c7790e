using System.Text.Json;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Wire;

/// <summary>Words of the vendor's enumerations. Some servers and gateways tell them as numbers, which are the vendor's published ones.</summary>
internal static class WireEnum
{
    /// <summary>How a run ended.</summary>
    public static readonly IReadOnlyDictionary<string, string> RunResults = Numbered((2, "succeeded"), (4, "partiallysucceeded"), (8, "failed"), (32, "canceled"));

    /// <summary>How a job that deployed to an environment ended.</summary>
    public static readonly IReadOnlyDictionary<string, string> JobResults =
        Numbered((0, "succeeded"), (1, "succeededwithissues"), (2, "failed"), (3, "canceled"), (4, "skipped"), (5, "abandoned"));

    /// <summary>What became of a classic deployment.</summary>
    public static readonly IReadOnlyDictionary<string, string> DeploymentStatuses =
        Numbered((1, "notdeployed"), (2, "inprogress"), (4, "succeeded"), (8, "partiallysucceeded"), (16, "failed"));

    /// <summary>What a classic deployment was stopped by or waits for, as far as it matters.</summary>
    public static readonly IReadOnlyDictionary<string, string> OperationStatuses =
        Numbered((16, "rejected"), (1024, "phasefailed"), (2048, "canceled"), (4096, "phasecanceled"), (32768, "cancelling"), (131072, "gatefailed"));

    /// <summary>What became of a pull request.</summary>
    public static readonly IReadOnlyDictionary<string, string> PullRequestStatuses = Numbered((1, "active"), (2, "abandoned"), (3, "completed"));

    /// <summary>What was done to a link.</summary>
    public static readonly IReadOnlyDictionary<string, string> LinkOperations = Numbered((0, "create"), (1, "remove"));

    /// <summary>What a field holds.</summary>
    public static readonly IReadOnlyDictionary<string, string> FieldTypes = Numbered((1, "integer"), (2, "datetime"), (7, "double"));

    /// <summary>The word in lower case; null where there is none.</summary>
    /// <param name="holder">What holds it.</param>
    /// <param name="member">Its member.</param>
    /// <param name="words">Words by their numbers.</param>
    public static string? Word(this JsonElement holder, string member, IReadOnlyDictionary<string, string> words) =>
        holder.Text(member)?.ToLowerInvariant() is { } told ? words.GetValueOrDefault(told, told) : null;

    private static Dictionary<string, string> Numbered(params (int Number, string Word)[] words) =>
        words.ToDictionary(w => w.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), w => w.Word, StringComparer.Ordinal);
}
