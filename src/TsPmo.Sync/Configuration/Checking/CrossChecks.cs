using TsPmo.Plugins;
using TsPmo.Sync.Configuration.Options;
using TsPmo.Sync.Configuration.Reading;
using TsPmo.Sync.Configuration.Sources;

namespace TsPmo.Sync.Configuration.Checking;

/// <summary>What no key can tell by itself: whether keys agree with each other and with what this build can do.</summary>
internal sealed class CrossChecks(TsPmoOptions options, PluginCatalog catalog, ConfigurationInput input, SettingProblems problems)
{
    public void Run()
    {
        StoreChecks.Check(options.Store, problems);
        ConsoleChecks.Check(options, problems);
        ConnectorChecks.Check(options, input, problems);
        ProjectChecks.Check(options, problems);
        PeopleChecks.Check(options, problems);
        RateChecks.Check(options, problems);
        PrivacyChecks.Check(options.Privacy, problems);
        new ThresholdChecks(catalog, problems).Check(options);
        new PublicationChecks(options, catalog, problems).Check();
        if (options.Calendar.WorkingDays.Count == 0)
            problems.Add("TsPmo:Calendar:WorkingDays", null, "names no day", "name at least one weekday, such as Monday");
    }
}
