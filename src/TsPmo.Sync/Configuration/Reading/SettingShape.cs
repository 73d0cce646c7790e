using TsPmo.Model;

namespace TsPmo.Sync.Configuration.Reading;

/// <summary>What a setting looks like: derived from the type of its property, for the reader and the schema alike.</summary>
internal abstract record SettingShape
{
    private SettingShape()
    {
    }

    /// <summary>One plain value.</summary>
    public sealed record Value(Type Type) : SettingShape;

    /// <summary>A list of plain values.</summary>
    public sealed record List(Type Item) : SettingShape;

    /// <summary>Plain values by name.</summary>
    public sealed record Map(Type Item) : SettingShape;

    /// <summary>An object with known keys.</summary>
    public sealed record Section(Type Type) : SettingShape;

    /// <summary>Objects by a name the administrator chooses.</summary>
    public sealed record Named(Type Item) : SettingShape;

    public static SettingShape Of(Type property)
    {
        var type = Nullable.GetUnderlyingType(property) ?? property;
        if (IsPlain(type))
            return new Value(type);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return new List(type.GetGenericArguments()[0]);
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IReadOnlyDictionary<,>))
            return new Section(type);
        var item = type.GetGenericArguments()[1];
        return IsPlain(item) ? new Map(item) : new Named(item);
    }

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(TimeSpan) || type == typeof(DateOnly)
        || type == typeof(DateTimeOffset) || type == typeof(Uri) || type == typeof(Secret);
}
