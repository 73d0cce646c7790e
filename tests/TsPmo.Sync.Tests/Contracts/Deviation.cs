using System.Text.RegularExpressions;
using TsPmo.Testing.Contracts;

namespace TsPmo.Sync.Tests.Contracts;

/// <summary>A difference from the vendors' documents that we stand by, with the note that justifies it.</summary>
/// <param name="Dialect">cloud, dc or ado; or a pattern of them.</param>
/// <param name="Operation">Pattern over method and path.</param>
/// <param name="Place">Pattern over side and place.</param>
/// <param name="What">Pattern over what differs.</param>
/// <param name="Note">Why.</param>
internal sealed record Deviation(string Dialect, string Operation, string Place, string What, string Note)
{
    public bool Covers(ContractDifference difference) =>
        Fits(Dialect, difference.Dialect) && Fits(Operation, difference.Operation) && Fits(Place, $"{difference.Side} {difference.Place}") && Fits(What, difference.What);

    private static bool Fits(string pattern, string text) =>
        Regex.IsMatch(text, $"^(?:{pattern})$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
}
