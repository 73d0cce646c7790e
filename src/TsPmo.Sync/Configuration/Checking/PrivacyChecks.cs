using TsPmo.Sync.Configuration.Options;
using TsPmo.Sync.Configuration.Reading;

namespace TsPmo.Sync.Configuration.Checking;

/// <summary>Whether readers would see no more than was promised: what this build cannot hide is refused, not shown.</summary>
internal static class PrivacyChecks
{
    public static void Check(PrivacyOptions privacy, SettingProblems problems)
    {
        if (privacy.Persons != "Names")
            problems.Add("TsPmo:Privacy:Persons", privacy.Persons, "cannot be followed: this build does not hide the names of persons", "remove it, or write Names");
        if (!privacy.ShowTitles)
            problems.Add("TsPmo:Privacy:ShowTitles", "false", "cannot be followed: this build does not hide the titles of items", "remove it, or write true");
    }
}
