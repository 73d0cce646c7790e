using System.Globalization;
using TsPmo.Sandbox.AzureDevOps.Routes;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Wiql;

/// <summary>
/// Reads flat queries: SELECT fields FROM WorkItems [WHERE condition] [ORDER BY fields] [ASOF 'date'], with = &lt;&gt; &lt; &gt; &lt;= &gt;=,
/// [NOT] IN, [NOT] UNDER, [NOT] CONTAINS, IS [NOT] EMPTY, AND, OR, NOT, parentheses, @project, @me and @today with an offset in days.
/// </summary>
internal sealed class WiqlParser
{
    private readonly List<WiqlToken> _tokens;
    private readonly WiqlSurroundings _surroundings;
    private int _position;
    private bool _asksForDeleted;

    private WiqlParser(string query, WiqlSurroundings surroundings)
    {
        _tokens = WiqlTokens.Read(query);
        _surroundings = surroundings;
    }

    private WiqlToken Current => _tokens[_position];

    public static WiqlQuery Parse(string query, WiqlSurroundings surroundings) => new WiqlParser(query, surroundings).Query();

    public static Refusal Wrong(string reason) => Refusal.Bad($"TF51005: The query references a field that does not exist or is not well formed: {reason}.", "SyntaxException");

    private WiqlQuery Query()
    {
        Expect("SELECT");
        var columns = Fields();
        Expect("FROM");
        if (!Take("WorkItems"))
            throw Wrong($"queries from {Current.Text} are not served, only from WorkItems");
        Func<Revision, bool> where = Take("WHERE") ? Or() : _ => true;
        var order = Order();
        var asOf = Take("ASOF") ? WireDate.Read(Next().Text) ?? throw Wrong("ASOF needs a date") : (DateTimeOffset?)null;
        if (Current.Kind != WiqlTokenKind.End)
            throw Wrong($"unexpected \"{Current.Text}\"");
        return new WiqlQuery(columns, where, order, asOf, _asksForDeleted);
    }

    private List<string> Fields()
    {
        var fields = new List<string> { Field().ReferenceName };
        while (TakeSymbol(","))
            fields.Add(Field().ReferenceName);
        return fields;
    }

    private List<WiqlOrder> Order()
    {
        var order = new List<WiqlOrder>();
        if (!Take("ORDER"))
            return order;
        Expect("BY");
        do
        {
            var field = Field().ReferenceName;
            var descending = Take("DESC");
            if (!descending)
                Take("ASC");
            order.Add(new WiqlOrder(field, descending));
        }
        while (TakeSymbol(","));
        return order;
    }

    private Func<Revision, bool> Or()
    {
        var left = And();
        while (Take("OR"))
        {
            var (first, second) = (left, And());
            left = revision => first(revision) || second(revision);
        }

        return left;
    }

    private Func<Revision, bool> And()
    {
        var left = Condition();
        while (Take("AND"))
        {
            var (first, second) = (left, Condition());
            left = revision => first(revision) && second(revision);
        }

        return left;
    }

    private Func<Revision, bool> Condition()
    {
        if (Take("NOT"))
        {
            var negated = Condition();
            return revision => !negated(revision);
        }

        if (!TakeSymbol("("))
            return Comparison();
        var inner = Or();
        if (!TakeSymbol(")"))
            throw Wrong("a closing parenthesis is missing");
        return inner;
    }

    private Func<Revision, bool> Comparison()
    {
        var field = Field();
        _asksForDeleted |= field.ReferenceName == FieldNames.IsDeleted;
        var not = Take("NOT");
        var operation = Next().Text.ToUpperInvariant();
        var test = operation switch
        {
            "IN" => In(field),
            "UNDER" => Under(field),
            "CONTAINS" => Contains(field),
            "IS" => IsEmpty(field),
            _ => Compare(field, operation),
        };
        return not ? revision => !test(revision) : test;
    }

    private Func<Revision, bool> In(FieldDefinition field)
    {
        if (!TakeSymbol("("))
            throw Wrong("IN needs a list");
        var values = new List<object?>();
        do
            values.Add(Value(field));
        while (TakeSymbol(","));
        if (!TakeSymbol(")"))
            throw Wrong("a closing parenthesis is missing");
        return revision => values.Exists(value => WiqlValue.Same(Read(revision, field), value));
    }

    private Func<Revision, bool> Under(FieldDefinition field)
    {
        var path = (Value(field) as string ?? string.Empty).TrimEnd('\\');
        return revision => revision.Text(field.ReferenceName) is var actual
            && (actual.Equals(path, StringComparison.OrdinalIgnoreCase) || actual.StartsWith(path + '\\', StringComparison.OrdinalIgnoreCase));
    }

    private Func<Revision, bool> Contains(FieldDefinition field)
    {
        Take("WORDS");
        var text = Value(field) as string ?? string.Empty;
        return field.ReferenceName == FieldNames.Tags
            ? revision => TagList.Read(revision.Text(field.ReferenceName)).Contains(text, StringComparer.OrdinalIgnoreCase)
            : revision => revision.Text(field.ReferenceName).Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    private Func<Revision, bool> IsEmpty(FieldDefinition field)
    {
        var not = Take("NOT");
        Expect("EMPTY");
        return revision => (Read(revision, field) is null) != not;
    }

    private Func<Revision, bool> Compare(FieldDefinition field, string operation)
    {
        var value = Value(field);
        int Order(Revision revision) => WiqlValue.Compare(WiqlValue.Comparable(Read(revision, field)), value);
        return operation switch
        {
            "=" => revision => WiqlValue.Same(Read(revision, field), value),
            "<>" => revision => !WiqlValue.Same(Read(revision, field), value),
            "<" => revision => Order(revision) < 0,
            ">" => revision => Order(revision) > 0,
            "<=" => revision => Order(revision) <= 0,
            ">=" => revision => Order(revision) >= 0,
            _ => throw Wrong($"\"{operation}\" is no operator"),
        };
    }

    private object? Read(Revision revision, FieldDefinition field)
    {
        var value = field.ReferenceName == FieldNames.IsDeleted ? revision.Item.Deleted.ToString() : revision.Fields.GetValueOrDefault(field.ReferenceName);
        return _surroundings.TimePrecision ? value : WiqlValue.Day(value);
    }

    private object? Value(FieldDefinition field)
    {
        var token = Next();
        return token.Kind switch
        {
            WiqlTokenKind.Macro => Macro(token.Text),
            WiqlTokenKind.Text or WiqlTokenKind.Number or WiqlTokenKind.Word => WiqlValue.Literal(field, token.Text, _surroundings),
            _ => throw Wrong($"a value is missing after [{field.ReferenceName}]"),
        };
    }

    private object? Macro(string name) => name.ToUpperInvariant() switch
    {
        "PROJECT" => _surroundings.Project ?? throw Wrong("@project needs a project in the address"),
        "ME" => _surroundings.CallerName,
        "TODAY" => new DateTimeOffset(_surroundings.Now.UtcDateTime.Date, TimeSpan.Zero).AddDays(Offset()),
        _ => throw Wrong($"the macro @{name} is not known"),
    };

    private double Offset()
    {
        var sign = TakeSymbol("-") ? -1 : TakeSymbol("+") ? 1 : 0;
        if (sign == 0 && !(Current.Kind == WiqlTokenKind.Number && Current.Text.StartsWith('-')))
            return 0;
        return (sign == 0 ? 1 : sign) * double.Parse(Next().Text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private FieldDefinition Field()
    {
        var token = Next();
        return token.Kind is WiqlTokenKind.Field or WiqlTokenKind.Word && FieldCatalogue.Find(token.Text) is { } field
            ? field
            : throw Wrong($"there is no field \"{token.Text}\"");
    }

    private WiqlToken Next() => Current.Kind == WiqlTokenKind.End ? throw Wrong("the query ends too early") : _tokens[_position++];

    private bool Take(string word) => TakeIf(Current.Kind == WiqlTokenKind.Word && Current.Text.Equals(word, StringComparison.OrdinalIgnoreCase));

    private bool TakeSymbol(string symbol) => TakeIf(Current.Kind == WiqlTokenKind.Symbol && Current.Text == symbol);

    private bool TakeIf(bool matches)
    {
        if (matches)
            _position++;
        return matches;
    }

    private void Expect(string word)
    {
        if (!Take(word))
            throw Wrong($"expected {word} instead of \"{Current.Text}\"");
    }
}
