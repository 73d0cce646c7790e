using System.Text;

namespace TsPmo.Sandbox.Jira.Jql;

internal enum JqlKind { Word, Quoted, Operator, Open, Close, Comma, End }

internal readonly record struct JqlToken(JqlKind Kind, string Text, int Position)
{
    public bool Is(string word) => Kind == JqlKind.Word && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Cuts a query into words, quoted texts, operators and brackets.</summary>
internal static class JqlTokens
{
    private const string OperatorCharacters = "=!<>~";

    public static List<JqlToken> Read(string jql)
    {
        var tokens = new List<JqlToken>();
        var at = 0;
        while (at < jql.Length)
        {
            if (char.IsWhiteSpace(jql[at]))
                at++;
            else
                tokens.Add(Next(jql, ref at));
        }
        tokens.Add(new(JqlKind.End, "", jql.Length));
        return tokens;
    }

    private static JqlToken Next(string jql, ref int at)
    {
        var start = at;
        switch (jql[at])
        {
            case '(': at++; return new(JqlKind.Open, "(", start);
            case ')': at++; return new(JqlKind.Close, ")", start);
            case ',': at++; return new(JqlKind.Comma, ",", start);
            case '"' or '\'': return Quoted(jql, ref at);
            default:
                var kind = OperatorCharacters.Contains(jql[at], StringComparison.Ordinal) ? JqlKind.Operator : JqlKind.Word;
                while (at < jql.Length && Continues(jql[at], kind))
                    at++;
                return new(kind, jql[start..at], start);
        }
    }

    private static bool Continues(char c, JqlKind kind) => kind == JqlKind.Operator
        ? OperatorCharacters.Contains(c, StringComparison.Ordinal)
        : !char.IsWhiteSpace(c) && !"(),\"'=!<>~".Contains(c, StringComparison.Ordinal);

    private static JqlToken Quoted(string jql, ref int at)
    {
        var (start, quote) = (at, jql[at]);
        var text = new StringBuilder();
        for (at++; at < jql.Length && jql[at] != quote; at++)
        {
            if (jql[at] == '\\' && at + 1 < jql.Length)
                at++;
            text.Append(jql[at]);
        }
        at++;
        return new(JqlKind.Quoted, text.ToString(), start);
    }
}
