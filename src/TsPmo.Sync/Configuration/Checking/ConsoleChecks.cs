using TsPmo.Sync.Configuration.Options;
using TsPmo.Sync.Configuration.Reading;

namespace TsPmo.Sync.Configuration.Checking;

/// <summary>Whether the console is open to nobody it should not be.</summary>
internal static class ConsoleChecks
{
    public static void Check(TsPmoOptions options, SettingProblems problems)
    {
        var console = options.Console;
        var addresses = SettingForms.ListenAddresses(console.Urls) ?? [];
        if (console.Auth.Kind == "None" && addresses.Any(a => !a.IsLoopback))
            problems.Add("TsPmo:Console:Urls", console.Urls, "is not loopback, and Console:Auth:Kind is None", "listen on http://127.0.0.1:PORT");
        if (console.Auth.Kind == "OpenIdConnect")
            problems.Add("TsPmo:Console:Auth:Kind", console.Auth.Kind, "cannot be followed: this build has no sign-in with an identity provider", "write ApiKey, or None and listen on http://127.0.0.1:PORT only");
        foreach (var (user, access) in console.Auth.Access)
        {
            foreach (var (project, index) in access.Projects.Select((p, i) => (p, i)).Where(p => !options.Projects.ContainsKey(p.p)))
                problems.Add($"TsPmo:Console:Auth:Access:{user}:Projects:{index}", project, "is not a project", NearestName.Advice(project, [.. options.Projects.Keys]));
        }
    }
}
