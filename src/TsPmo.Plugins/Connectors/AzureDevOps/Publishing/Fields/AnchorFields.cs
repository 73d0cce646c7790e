using System.Globalization;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Publishing;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Fields;

/// <summary>The fields of a work item. The tracker spells numbers and dates its own way and drops surrounding blanks.</summary>
/// <param name="item">The item.</param>
/// <param name="html">Fields whose values are HTML.</param>
internal sealed class AnchorFields(AnchorState item, IReadOnlySet<string> html) : StandingFields
{
    // Numbers are kept as binary fractions, whose noise lies beyond this.
    private const int Places = 9;

    public override string Item => item.Id;

    public override string Project => item.Project;

    public override long Version => item.Revision;

    public override string? Value(string field) => item.Standing(field);

    public override string? Shown(string field, string? value) => value is not null && html.Contains(field) ? HtmlText.Plain(value) : value;

    public override bool Same(string field, string? left, string? right)
    {
        var (a, b) = (left?.Trim() ?? "", right?.Trim() ?? "");
        if (a == b)
            return true;
        if (a.Length == 0 || b.Length == 0)
            return false;
        return Number(a) is { } x && Number(b) is { } y ? x == y : WireDate.Instant(a) is { } at && at == WireDate.Instant(b);
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Math.Round(number, Places) : null;
}
