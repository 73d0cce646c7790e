using TsPmo.Model;

namespace TsPmo.Sync.Configuration.Options;

/// <summary>A person whose accounts are bound by hand.</summary>
internal sealed class PersonOptions
{
    [Setting("Accounts, each as connector:account.", Form = "account")]
    public IReadOnlyList<string> Accounts { get; set; } = [];

    [Setting("Role, for rates.")]
    public string? Role { get; set; }

    [Setting("Hours of project work on a working day.", Minimum = 0, Maximum = 24)]
    public decimal? HoursPerDay { get; set; }

    [Setting("Absences: a day or first/last, both inclusive.", Form = "date-range")]
    public IReadOnlyList<string> Absences { get; set; } = [];
}

/// <summary>Hourly rates from a day on.</summary>
internal sealed class RateOptions
{
    [Setting("First day they hold, inclusive.", Required = true)]
    public DateOnly? From { get; set; }

    [Setting("Rate where no other applies.", Minimum = 0)]
    public decimal? Default { get; set; }

    [Setting("Rate by role.", Minimum = 0)]
    public IReadOnlyDictionary<string, decimal> Roles { get; set; } = new Dictionary<string, decimal>();

    [Setting("Rate by person's id.", Minimum = 0)]
    public IReadOnlyDictionary<string, decimal> People { get; set; } = new Dictionary<string, decimal>();
}

/// <summary>Limits of one metric.</summary>
internal sealed class ThresholdOptions
{
    [Setting("Limit between green and amber; the limit itself is green.", Required = true)]
    public decimal? Amber { get; set; }

    [Setting("Limit between amber and red; the limit itself is amber.", Required = true)]
    public decimal? Red { get; set; }
}

/// <summary>What readers may see.</summary>
internal sealed class PrivacyOptions
{
    [Setting("Names, Pseudonyms or TeamsOnly. Default Names.", Allowed = ["Names", "Pseudonyms", "TeamsOnly"])]
    public string Persons { get; set; } = "Names";

    [Setting("Whether titles of items are shown outside their own tracker. Default true.")]
    public bool ShowTitles { get; set; } = true;
}
