using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Jql;

/// <summary>Reads the part of JQL that integrations use. What it does not know it refuses as Jira would, so that a wrong query is never a wide one.</summary>
internal sealed class JqlParser
{
    private static readonly string[] _operators = ["=", "!=", ">", ">=", "<", "<=", "~", "!~"];

    private readonly List<JqlToken> _tokens;
    private readonly JqlFields _fields;
    private readonly List<string> _errors = [];
    private int _next;

    private JqlParser(string jql, JqlFields fields) => (_tokens, _fields) = (JqlTokens.Read(jql), fields);

    /// <param name="reconciled">Ids of issues that are looked up afresh, however far the search lags.</param>
    public static JqlResult Parse(string jql, JiraSite site, JiraUser? caller, IReadOnlyList<string>? reconciled = null)
    {
        var errors = new List<string>();
        var parser = new JqlParser(jql, new JqlFields(site, caller, reconciled ?? [], errors));
        var query = parser.Query();
        errors.AddRange(parser._errors);
        return errors.Count > 0 ? new(null, [.. errors.Distinct(StringComparer.Ordinal)]) : new(query, []);
    }

    private JqlToken Current => _tokens[_next];

    private JqlQuery Query()
    {
        var bounded = Current.Kind != JqlKind.End && !Current.Is("order");
        Func<JiraIssue, bool> test = bounded ? Or() : _ => true;
        var order = Current.Is("order") ? Ordering() : [];
        if (Current.Kind != JqlKind.End)
            Unexpected("either 'AND', 'OR' or 'ORDER BY'");
        return new(test, bounded, order);
    }

    private Func<JiraIssue, bool> Or()
    {
        var left = And();
        while (Take("or"))
        {
            var (first, second) = (left, And());
            left = i => first(i) || second(i);
        }
        return left;
    }

    private Func<JiraIssue, bool> And()
    {
        var left = Not();
        while (Take("and"))
        {
            var (first, second) = (left, Not());
            left = i => first(i) && second(i);
        }
        return left;
    }

    private Func<JiraIssue, bool> Not()
    {
        if (Take("not") || TakeOperator("!"))
        {
            var inner = Not();
            return i => !inner(i);
        }
        if (Current.Kind != JqlKind.Open)
            return Clause();
        _next++;
        var grouped = Or();
        Expect(JqlKind.Close, "')'");
        return grouped;
    }

    private Func<JiraIssue, bool> Clause()
    {
        if (Current.Kind is not (JqlKind.Word or JqlKind.Quoted))
            return Unexpected("a field name");
        var field = _tokens[_next++].Text;
        if (Take("is"))
        {
            var negated = Take("not");
            if (!Take("empty") && !Take("null"))
                return Unexpected("'EMPTY' or 'NULL'");
            return _fields.Test(field, negated ? "is not" : "is", []);
        }
        if (Take("not"))
            return Take("in") ? _fields.Test(field, "not in", Values()) : Unexpected("'IN'");
        if (Take("in"))
            return _fields.Test(field, "in", Values());
        if (Current.Kind != JqlKind.Operator || !_operators.Contains(Current.Text))
            return Unexpected("an operator");
        var written = _tokens[_next++].Text;
        return Value() is { } value ? _fields.Test(field, written, [value]) : _ => false;
    }

    private List<JqlValue> Values()
    {
        var values = new List<JqlValue>();
        if (Current.Kind != JqlKind.Open)
        {
            if (Value() is { IsFunction: true } function)
                return [function];
            Unexpected("'('");
            return values;
        }
        do
        {
            _next++;
            if (Value() is { } value)
                values.Add(value);
        }
        while (Current.Kind == JqlKind.Comma);
        Expect(JqlKind.Close, "')'");
        return values;
    }

    private JqlValue? Value()
    {
        if (Current.Kind is not (JqlKind.Word or JqlKind.Quoted))
        {
            Unexpected("a value");
            return null;
        }
        var token = _tokens[_next++];
        if (token.Kind != JqlKind.Word || Current.Kind != JqlKind.Open)
            return new(token.Text, IsFunction: false, IsQuoted: token.Kind == JqlKind.Quoted);
        _next++;
        Expect(JqlKind.Close, "')'");
        return new(token.Text, IsFunction: true);
    }

    private List<JqlOrder> Ordering()
    {
        _next++;
        var order = new List<JqlOrder>();
        if (!Take("by"))
        {
            Unexpected("'BY'");
            return order;
        }
        do
        {
            if (order.Count > 0)
                _next++;
            var field = _tokens[_next].Text;
            if (Current.Kind is JqlKind.Word or JqlKind.Quoted)
                _next++;
            var descending = Take("desc");
            if (!descending)
                Take("asc");
            order.Add(new(_fields.Order(field), descending));
        }
        while (Current.Kind == JqlKind.Comma);
        if (order.Count > 7)
            _errors.Add("JQL can be ordered by at most 7 fields.");
        return order;
    }

    private bool Take(string word)
    {
        if (!Current.Is(word))
            return false;
        _next++;
        return true;
    }

    private bool TakeOperator(string text)
    {
        if (Current.Kind != JqlKind.Operator || Current.Text != text)
            return false;
        _next++;
        return true;
    }

    private void Expect(JqlKind kind, string what)
    {
        if (Current.Kind == kind)
            _next++;
        else
            Unexpected(what);
    }

    /// <summary>Notes the error and goes to the end, so that one mistake is told once.</summary>
    private Func<JiraIssue, bool> Unexpected(string expected)
    {
        var token = Current;
        if (_errors.Count == 0)
            _errors.Add(token.Kind == JqlKind.End
                ? $"Error in the JQL Query: Expecting {expected} before the end of the query."
                : $"Error in the JQL Query: Expecting {expected} but got '{token.Text}'. (line 1, character {token.Position + 1})");
        _next = _tokens.Count - 1;
        return _ => false;
    }
}
