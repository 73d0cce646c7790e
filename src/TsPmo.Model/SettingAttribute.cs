namespace TsPmo.Model;

/// <summary>Says what a configuration key is for. The schema, the check of a configuration and the docs are projections of it.</summary>
/// <param name="description">What it is, with unit and default, in the administrator's words.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string description) : Attribute
{
    /// <summary>What it is.</summary>
    public string Description { get; } = description;

    /// <summary>Whether it must be given.</summary>
    public bool Required { get; init; }

    /// <summary>Smallest number allowed, inclusive.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Largest number allowed, inclusive.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>The texts allowed, compared without case; empty: any.</summary>
    public string[] Allowed { get; init; } = [];

    /// <summary>What form the text must have: "cron", "regex", "date", "zone", "url", "urls", "path", "culture", "time-range", "date-range", "currency", "account", "network"; empty: any.</summary>
    public string Form { get; init; } = "";
}
