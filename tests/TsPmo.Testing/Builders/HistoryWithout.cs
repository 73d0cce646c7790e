using System.Collections;
using System.Reflection;
using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Testing.Builders;

/// <summary>
/// A history from which some of the tracker's objects are taken away, wherever it keeps them: what has one of the ids, or is about one. It goes by the shape of the history and not by
/// a list of its parts, so that a part that is added later is taken away from too.
/// </summary>
public static class HistoryWithout
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>The history without the objects.</summary>
    public static ProjectHistory Of(ProjectHistory history, IReadOnlySet<SourceId> gone)
    {
        var copy = (ProjectHistory)typeof(object).GetMethod(nameof(MemberwiseClone), Fields)!.Invoke(history, null)!;
        foreach (var field in typeof(ProjectHistory).GetFields(Fields))
        {
            if (!field.Name.StartsWith('<'))
                field.SetValue(copy, null);
            else if (field.GetValue(history) is IEnumerable parts and not string)
                field.SetValue(copy, Without(field.FieldType, parts, gone));
        }

        return copy;
    }

    private static object Without(Type type, IEnumerable parts, IReadOnlySet<SourceId> gone)
    {
        var kept = parts.Cast<object>().Where(part => !IsAbout(part, gone)).ToList();
        var arguments = type.GetGenericArguments();
        if (type.GetGenericTypeDefinition() == typeof(IReadOnlySet<>))
            return kept.Cast<SourceId>().Where(id => !gone.Contains(id)).ToHashSet();
        return arguments.Length == 1 ? Made(typeof(List<>), arguments, kept) : Made(typeof(Dictionary<,>), arguments, kept);
    }

    private static object Made(Type shape, Type[] arguments, List<object> kept)
    {
        var made = Activator.CreateInstance(shape.MakeGenericType(arguments))!;
        foreach (var part in kept)
        {
            if (made is IDictionary dictionary)
                dictionary.Add(Value(part, "Key")!, Value(part, "Value"));
            else
                ((IList)made).Add(part);
        }

        return made;
    }

    private static bool IsAbout(object part, IReadOnlySet<SourceId> gone) => part.GetType().GetProperties()
        .Where(p => p.GetIndexParameters().Length == 0)
        .Any(p => p.PropertyType == typeof(SourceId) ? gone.Contains((SourceId)p.GetValue(part)!)
            : p.PropertyType.GetProperty("Id")?.PropertyType == typeof(SourceId) && p.GetValue(part) is { } inner && gone.Contains((SourceId)Value(inner, "Id")!));

    private static object? Value(object part, string property) => part.GetType().GetProperty(property)!.GetValue(part);
}
