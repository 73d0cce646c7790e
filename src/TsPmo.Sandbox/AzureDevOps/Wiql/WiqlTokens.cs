using System.Text.RegularExpressions;

namespace TsPmo.Sandbox.AzureDevOps.Wiql;

internal enum WiqlTokenKind
{
    Word,
    Field,
    Text,
    Number,
    Macro,
    Symbol,
    End,
}

internal sealed record WiqlToken(WiqlTokenKind Kind, string Text);

/// <summary>Splits a query into words, [fields], 'texts' (a quote is doubled), numbers, @macros and symbols.</summary>
internal static partial class WiqlTokens
{
    public static List<WiqlToken> Read(string query)
    {
        var tokens = new List<WiqlToken>();
        var position = 0;
        while (position < query.Length)
        {
            var match = Pattern().Match(query, position);
            if (!match.Success)
                throw WiqlParser.Wrong($"unexpected \"{query[position]}\"");
            position += match.Length;
            if (Token(match) is { } token)
                tokens.Add(token);
        }

        tokens.Add(new WiqlToken(WiqlTokenKind.End, string.Empty));
        return tokens;
    }

    private static WiqlToken? Token(Match match) => match switch
    {
        _ when match.Groups["field"] is { Success: true } field => new WiqlToken(WiqlTokenKind.Field, field.Value),
        _ when match.Groups["text"] is { Success: true } text => new WiqlToken(WiqlTokenKind.Text, text.Value.Replace("''", "'", StringComparison.Ordinal).Replace("\"\"", "\"", StringComparison.Ordinal)),
        _ when match.Groups["number"] is { Success: true } number => new WiqlToken(WiqlTokenKind.Number, number.Value),
        _ when match.Groups["macro"] is { Success: true } macro => new WiqlToken(WiqlTokenKind.Macro, macro.Value),
        _ when match.Groups["word"] is { Success: true } word => new WiqlToken(WiqlTokenKind.Word, word.Value),
        _ when match.Groups["symbol"] is { Success: true } symbol => new WiqlToken(WiqlTokenKind.Symbol, symbol.Value),
        _ => null,
    };

    [GeneratedRegex("""\G(?:\s+|\[(?<field>[^\]]+)\]|'(?<text>(?:[^']|'')*)'|"(?<text>(?:[^"]|"")*)"|@(?<macro>[A-Za-z]+)|(?<number>-?\d+(?:\.\d+)?)|(?<symbol><>|<=|>=|[=<>(),+\-])|(?<word>[A-Za-z_][\w.]*))""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
