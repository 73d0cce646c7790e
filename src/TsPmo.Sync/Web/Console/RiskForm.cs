using System.Globalization;
using TsPmo.Engine.Reporting.Risks;
using TsPmo.Model.Risks;

namespace TsPmo.Sync.Web.Console;

/// <summary>Reads what a form says about a risk.</summary>
internal static class RiskForm
{
    /// <summary>What was said; null where something is missing or a number is none.</summary>
    public static RiskWord? Read(string? project, string? risk, string? status, string? by, string? reason, string? probability, string? impact)
    {
        if (project is null || risk is null || !Enum.TryParse<RiskStatus>(status, out var known) || !TryNumber(probability, out var chance) || !TryNumber(impact, out var harm))
            return null;
        return new(project, risk, known, by ?? "", reason ?? "", chance, harm);
    }

    private static bool TryNumber(string? text, out decimal? number)
    {
        number = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return false;
        number = value;
        return true;
    }
}
