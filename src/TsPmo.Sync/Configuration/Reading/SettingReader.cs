using System.Collections;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using TsPmo.Model;
using TsPmo.Plugins;
using TsPmo.Plugins.Connectors;

namespace TsPmo.Sync.Configuration.Reading;

/// <summary>
/// Binds options strictly: an unknown key, a text that is not of its type, out of range or not in its form, and a missing required key are each
/// reported with the full path; reading goes on with the default, so that all mistakes are found in one go.
/// </summary>
internal sealed class SettingReader(SettingLayers layers, PluginCatalog catalog, SettingProblems problems)
{
    private static readonly string[] CredentialWords = ["secret", "password", "token", "credential", "apikey", "pat"];

    /// <summary>Reads an options object from a path.</summary>
    public object ReadSection(Type declared, string path)
    {
        var type = declared == typeof(ConnectorOptions) ? ConnectorType(path) : declared;
        var options = Activator.CreateInstance(type) ?? throw new InvalidOperationException($"{type} cannot be made.");
        var known = SettingProperty.Of(type);
        if (!string.IsNullOrEmpty(layers.Value(path)))
            problems.Add(path, null, "is a single value", "write an object in braces with the keys " + string.Join(", ", known.Select(p => p.Name)));
        if (type != typeof(UnknownConnectorOptions))
            ReportUnknownKeys(path, known);
        foreach (var property in known)
        {
            if (Read(property, ConfigurationPath.Combine(path, property.Name)) is { } value)
                property.Property.SetValue(options, value);
        }

        return options;
    }

    /// <summary>The value of a property; null: leave its default.</summary>
    private object? Read(SettingProperty property, string path) => property.Shape switch
    {
        SettingShape.Value shape => ReadValue(shape.Type, property, path),
        SettingShape.List shape => ReadList(shape.Item, property, path),
        SettingShape.Map shape => ReadMap(shape.Item, property, path),
        SettingShape.Named shape => ReadNamed(shape.Item, path),
        SettingShape.Section shape => ReadSection(shape.Type, path),
        _ => null,
    };

    private object? ReadValue(Type type, SettingProperty property, string path)
    {
        if (layers.Children(path).Count > 0)
        {
            problems.Add(path, null, "is an object or a list", "write a single value");
            return null;
        }

        var text = layers.Value(path);
        if (!string.IsNullOrEmpty(text))
            return ReadText(type, property, path, text);
        if (property.Setting.Required)
            problems.Add(path, null, "is missing", property.IsSecret ? SecretAdvice(path) : "give it: " + FirstSentence(property.Setting.Description));
        return text is not null && type == typeof(string) && !property.Setting.Required ? text : null;
    }

    private object? ReadText(Type type, SettingProperty property, string path, string text)
    {
        var (value, mistake) = PlainValue.Read(type, text, property.Setting);
        if (mistake is not null)
            problems.Add(path, property.IsSecret ? null : Shown(text), mistake.Wrong, mistake.Right);
        return value;
    }

    private IList? ReadList(Type item, SettingProperty property, string path)
    {
        if (layers.List(path) is not { } entries)
            return null;
        if (entries.Count == 0 && layers.Value(path) is { Length: > 0 } single)
            problems.Add(path, Shown(single), "is a single value", "write a list in brackets");
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        var usable = entries.Where(e => !string.IsNullOrEmpty(e.Value) || layers.Children(e.Path).Count > 0).ToList();
        foreach (var (entry, text) in usable)
        {
            if (layers.Children(entry).Count > 0 || !IsIndex(entry))
                problems.Add(entry, null, "is not a plain value of a list", "write texts, numbers or dates in brackets");
            else if (text is not null && ReadText(item, property, entry, text) is { } value)
                list.Add(value);
        }

        // With the default in place of a broken list, the checks that follow do not report the same mistake again in other words.
        return list.Count == usable.Count ? list : null;
    }

    private IDictionary? ReadMap(Type item, SettingProperty property, string path)
    {
        if (!layers.Has(path))
            return null;
        ReportSingleValue(path);
        var map = NewMap(item);
        foreach (var (name, text) in layers.Leaves(path))
        {
            var key = ConfigurationPath.Combine(path, name);
            if (string.IsNullOrEmpty(text) && item != typeof(string))
                problems.Add(key, null, "is empty", "give a value or remove it");
            else if (ReadText(item, property, key, text ?? "") is { } value)
                map[name] = value;
        }

        return map;
    }

    private IDictionary? ReadNamed(Type item, string path)
    {
        if (!layers.Has(path))
            return null;
        ReportSingleValue(path);
        var names = layers.Children(path);
        if (names.Count > 0 && Enumerable.Range(0, names.Count).All(i => names.Contains(i.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal)))
        {
            problems.Add(path, null, "is a list", "write an object in braces whose keys are names of your choice");
            return null;
        }

        var map = NewMap(item);
        foreach (var name in names)
            map[name] = ReadSection(item, ConfigurationPath.Combine(path, name));
        return map;
    }

    private Type ConnectorType(string path)
    {
        var name = layers.Value(ConfigurationPath.Combine(path, nameof(ConnectorOptions.Type)));
        if (string.IsNullOrEmpty(name))
            return typeof(UnknownConnectorOptions);
        if (catalog.Connector(name) is { } plugin)
            return plugin.OptionsType;
        problems.Add(ConfigurationPath.Combine(path, nameof(ConnectorOptions.Type)), name, "is not a connector type", NearestName.Advice(name, [.. catalog.Connectors.Select(c => c.Type)]));
        return typeof(UnknownConnectorOptions);
    }

    private void ReportUnknownKeys(string path, IReadOnlyList<SettingProperty> known)
    {
        foreach (var key in layers.Children(path).Where(key => !known.Any(p => p.Name.Equals(key, StringComparison.OrdinalIgnoreCase))))
        {
            var at = ConfigurationPath.Combine(path, key);
            var mayBeSecret = known.Any(p => p.IsSecret) || CredentialWords.Any(word => key.Contains(word, StringComparison.OrdinalIgnoreCase));
            var value = mayBeSecret || string.IsNullOrEmpty(layers.Value(at)) ? null : Shown(layers.Value(at)!);
            problems.Add(at, value, value is null ? "is not a known key" : "stands under a key that is not known", NearestName.Advice(key, [.. known.Select(p => p.Name)]));
        }
    }

    private void ReportSingleValue(string path)
    {
        if (!string.IsNullOrEmpty(layers.Value(path)))
            problems.Add(path, null, "is a single value", "write an object in braces whose keys are names");
    }

    /// <summary>A value as it may be shown: an address's user and password are a credential too.</summary>
    private static string Shown(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0 ? text.Replace(uri.UserInfo, "***", StringComparison.Ordinal) : text;

    private static string SecretAdvice(string path) =>
        $"set the environment variable {path.Replace(":", "__", StringComparison.Ordinal)} or put it into a file of that name in TsPmo:SecretsDirectory";

    private static string FirstSentence(string description)
    {
        var end = description.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? description : description[..end]).TrimEnd('.');
    }

    private static bool IsIndex(string path) => ConfigurationPath.GetSectionKey(path)?.All(char.IsAsciiDigit) ?? false;

    private static IDictionary NewMap(Type item) =>
        (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), item), StringComparer.OrdinalIgnoreCase)!;
}

/// <summary>What can be read of a connector whose type is not known: the keys all connectors have; others cannot be judged.</summary>
internal sealed class UnknownConnectorOptions : ConnectorOptions;
