using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TsPmo.Plugins.Connectors.Jira;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

/// <summary>Queries are read by a reader of their own here, written after the language's description and not after our quoting.</summary>
public sealed class JiraQuotingTests
{
    private static readonly string[] Hostile =
    [
        "\"", "\\", "\\\"", "'", "\" OR project = \"SECRET", "\n", "\r\n", "\t", "\0", "\u2028", "ORDER BY", ")", "(", ",", "\\u0022", "AND", "\u001f", "\ud83d\ude00", "a",
    ];

    private static readonly Gen<string> Values = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Where(s => s is not null),
        Gen.ListOf(Gen.Elements(Hostile)).Select(parts => string.Concat(parts)));

    [Fact]
    public void No_value_changes_what_a_query_means() => Prop.ForAll(Gen.NonEmptyListOf(Values).ToArbitrary(), values =>
    {
        var query = JiraQuery.AnyOf("project", values) + " AND updated >= \"2026/01/01 00:00\"" + JiraQuery.Ordered;
        string[] expected =
        [
            "project", "in", "(", .. values.SelectMany((v, i) => i == 0 ? new[] { "=" + v } : [",", "=" + v]), ")",
            "AND", "updated", ">=", "=2026/01/01 00:00", "ORDER", "BY", "id", "ASC",
        ];
        return Tokens(query).SequenceEqual(expected, StringComparer.Ordinal);
    }).QuickCheckThrowOnFailure();

    /// <summary>Words and signs as they stand, quoted values with "=" before them; an open quotation or a control character in one is an error, told as a token of its own.</summary>
    private static List<string> Tokens(string query)
    {
        var tokens = new List<string>();
        for (var at = 0; at < query.Length;)
        {
            var c = query[at];
            if (c == ' ')
                at++;
            else if (c is '"' or '\'')
                tokens.Add("=" + Quoted(query, ref at));
            else if (c is '(' or ')' or ',')
                tokens.Add(query[at++].ToString());
            else
                tokens.Add(Word(query, ref at));
        }

        return tokens;
    }

    private static string Word(string query, ref int at)
    {
        var start = at;
        while (at < query.Length && query[at] is not (' ' or '(' or ')' or ',' or '"' or '\''))
            at++;
        return query[start..at];
    }

    private static string Quoted(string query, ref int at)
    {
        var (end, value) = (query[at++], new StringBuilder());
        while (at < query.Length && query[at] != end)
        {
            var c = query[at++];
            if (char.IsControl(c))
                return value + "<a control character>";
            value.Append(c == '\\' ? Escaped(query, ref at) : c);
        }

        return at++ < query.Length ? value.ToString() : value + "<no end>";
    }

    private static char Escaped(string query, ref int at)
    {
        var c = at < query.Length ? query[at++] : '\uffff';
        if (c != 'u')
            return c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', '"' or '\'' or '\\' or ' ' => c, _ => '\uffff' };
        var code = query.AsSpan(at, Math.Min(4, query.Length - at));
        at += code.Length;
        return ushort.TryParse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var unit) ? (char)unit : '\uffff';
    }
}
