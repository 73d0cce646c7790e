using TsPmo.Model.Contracts;
using TsPmo.Testing.Conformance;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

/// <summary>Sweeps and looks; waiting goes by the clock, which moves only where something waits.</summary>
internal static class JiraLook
{
    public static Task<Looking> SweepAsync(ConnectorInstance instance, FakeClock clock) =>
        AllAsync(clock, Sweep(instance).SweepAsync(instance.Projects, TestContext.Current.CancellationToken));

    public static Task<Looking> MatchAsync(ConnectorInstance instance, FakeClock clock, string condition) => AllAsync(
        clock, instance.Connector.ShouldBeAssignableTo<IQuerying>().ShouldNotBeNull().MatchAsync(instance.Projects[0], condition, TestContext.Current.CancellationToken));

    public static Task<Looking> LookAsync(ConnectorInstance instance, FakeClock clock, params string[] ids) =>
        AllAsync(clock, Sweep(instance).LookAsync(ids, TestContext.Current.CancellationToken));

    private static ISweep Sweep(ConnectorInstance instance) => instance.Connector.ShouldBeAssignableTo<ISweep>().ShouldNotBeNull();

    private static Task<Looking> AllAsync(FakeClock clock, IAsyncEnumerable<ReadStep> steps) => clock.RunAsync(Looking.OfAsync(steps), TimeSpan.FromSeconds(60));
}
