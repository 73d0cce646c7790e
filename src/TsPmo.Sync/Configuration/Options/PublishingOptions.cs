using TsPmo.Model;

namespace TsPmo.Sync.Configuration.Options;

/// <summary>Rules of writing back.</summary>
internal sealed class PublishingOptions
{
    [Setting("Smallest change of a date, in working days, that is worth a write. Default 2.", Minimum = 0)]
    public decimal MinDays { get; set; } = 2;

    [Setting("Smallest change in points that is worth a write. Default 3.", Minimum = 0)]
    public decimal MinPoints { get; set; } = 3;

    [Setting("Time of day without scheduled writes, in the PMO's zone, the end exclusive; empty: none. Default 18:00-07:00.", Form = "time-range")]
    public string QuietHours { get; set; } = "18:00-07:00";

    [Setting("Writes to one item on one day at most. Default 4.", Minimum = 1, Maximum = 100)]
    public int WritesPerItemPerDay { get; set; } = 4;

    [Setting("Whether places that cannot be silenced may be written. Default false.")]
    public bool AllowNotifications { get; set; }

    [Setting("Data older than this is said to be stale and nothing else. Default 1.00:00:00 (one day).")]
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromDays(1);

    [Setting("Culture of numbers and dates in published text. Default en-GB.", Form = "culture")]
    public string Culture { get; set; } = "en-GB";
}
