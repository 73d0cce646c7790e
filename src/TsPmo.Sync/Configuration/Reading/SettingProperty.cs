using System.Collections.Concurrent;
using System.Reflection;
using TsPmo.Model;

namespace TsPmo.Sync.Configuration.Reading;

/// <summary>A key that an options class knows.</summary>
internal sealed record SettingProperty(PropertyInfo Property, SettingAttribute Setting, SettingShape Shape)
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<SettingProperty>> Known = new();

    public string Name => Property.Name;

    public bool IsSecret => Shape is SettingShape.Value { Type: var type } && type == typeof(Secret);

    /// <summary>The keys of an options class, its base's first.</summary>
    public static IReadOnlyList<SettingProperty> Of(Type options) => Known.GetOrAdd(options, Read);

    private static IReadOnlyList<SettingProperty> Read(Type options) =>
        [.. options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(p => (Property: p, Setting: p.GetCustomAttribute<SettingAttribute>()))
            .Where(p => p.Setting is not null)
            .OrderBy(p => Depth(p.Property.DeclaringType)).ThenBy(p => p.Property.MetadataToken)
            .Select(p => new SettingProperty(p.Property, p.Setting!, SettingShape.Of(p.Property.PropertyType)))];

    private static int Depth(Type? type) => type is null ? 0 : 1 + Depth(type.BaseType);
}
