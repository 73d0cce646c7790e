using System.Text.Json;
using TsPmo.Model.Measuring;

namespace TsPmo.Testing.Builders;

/// <summary>What a case expects of one metric. What it does not name is not compared.</summary>
public sealed record ExpectedResult(string Metric, string? Subject, decimal? Value, string? Reason, IReadOnlyDictionary<string, string> Also)
{
    /// <summary>Reads one expectation; <c>value</c> is a number, or a fraction in a text ("17/3") where decimals do not end.</summary>
    public static ExpectedResult Read(JsonElement element) => new(
        element.GetProperty("metric").GetString() ?? "",
        element.TryGetProperty("subject", out var subject) ? subject.GetString() : null,
        element.TryGetProperty("value", out var value) ? Number(value) : null,
        element.TryGetProperty("reason", out var reason) ? reason.GetString() : null,
        element.EnumerateObject().Where(p => p.Name is not ("metric" or "subject" or "value" or "reason"))
            .ToDictionary(p => p.Name, p => p.Value.ToString(), StringComparer.Ordinal));

    /// <summary>Whether a figure's window is the one that is expected; any is, where none is named. A subject may have figures of several weeks.</summary>
    public bool IsAbout(DateWindow? window) => !Also.TryGetValue("window", out var named) || (window?.ToString() ?? "") == named;

    private static decimal Number(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
            return value.GetDecimal();
        var parts = (value.GetString() ?? "").Split('/');
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        return decimal.Parse(parts[0], culture) / decimal.Parse(parts[1], culture);
    }
}
