using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TsPmo.Engine.History;
using TsPmo.Engine.History.Deployments;
using TsPmo.Engine.Intake;
using TsPmo.Engine.Intake.Kinds;
using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Pipeline.Collect;
using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Engine.Pipeline.Publish;
using TsPmo.Engine.Planning;
using TsPmo.Engine.Reporting;
using TsPmo.Engine.Reporting.Advice;
using TsPmo.Engine.Reporting.Explain;
using TsPmo.Engine.Reporting.Exports;
using TsPmo.Engine.Reporting.Risks;
using TsPmo.Engine.Reporting.Guides;
using TsPmo.Engine.Reporting.StatusReports;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Ledgers;

namespace TsPmo.Engine;

/// <summary>Puts the engine together.</summary>
public static class EngineRegistration
{
    /// <summary>
    /// Registers everything the engine offers. A store (<c>AddSqliteStore</c>) and a <see cref="TimeProvider"/> must be registered too; every registered
    /// <see cref="ICommitObserver"/> watches the passes.
    /// </summary>
    /// <param name="services">Where it is registered.</param>
    /// <param name="pmo">Gives what is configured.</param>
    public static IServiceCollection AddEngine(this IServiceCollection services, Func<IServiceProvider, IPmoSource> pmo)
    {
        services.AddLogging();
        services.TryAddSingleton(pmo);
        AddStorage(services);
        services.TryAddSingleton<StoredItems>();
        services.TryAddSingleton<StoredPeople>();
        services.TryAddSingleton<StoredCapacities>();
        services.TryAddSingleton<ProjectDeployments>();
        services.TryAddSingleton<TimeEntryReading>();
        services.TryAddSingleton<LinkReading>();
        services.TryAddSingleton<StoredSurveys>();
        services.TryAddSingleton<IHistoryReader, HistoryReader>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICommitObserver, PageLog>());
        services.TryAddSingleton<ISyncPass, SyncPass>();
        services.TryAddSingleton<ProjectBaselines>();
        services.TryAddSingleton<MeasurePass>();
        services.TryAddSingleton<ReportSubjects>();
        services.TryAddSingleton<PublishPass>();
        services.TryAddSingleton<RetractPass>();
        services.TryAddSingleton<MetricGuide>();
        services.TryAddSingleton<ExplainQuery>();
        services.TryAddSingleton<AdviceQuery>();
        services.TryAddSingleton<RiskQuery>();
        services.TryAddSingleton<RiskDesk>();
        services.TryAddSingleton<IReportingQueries, ReportingQueries>();
        AddExports(services);
        AddIntake(services);
        return services;
    }

    private static void AddExports(IServiceCollection services)
    {
        services.TryAddSingleton<ScopedItems>();
        services.TryAddSingleton<IExports, StoreExports>();
        foreach (var kind in typeof(ExportKind).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ExportKind))))
            services.TryAddEnumerable(ServiceDescriptor.Singleton(typeof(ExportKind), kind));
    }

    private static void AddIntake(IServiceCollection services)
    {
        services.TryAddSingleton<IIntake, StoredIntake>();
        foreach (var kind in typeof(IntakeKind).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(IntakeKind)) && !t.IsAbstract))
            services.TryAddEnumerable(ServiceDescriptor.Singleton(typeof(IntakeKind), kind));
    }

    private static void AddStorage(IServiceCollection services)
    {
        services.TryAddSingleton<PmoStore>();
        services.TryAddSingleton<IStore>(provider => provider.GetRequiredService<PmoStore>());
        services.TryAddSingleton<IFactStore, FactStore>();
        services.TryAddSingleton<ISweepLedger, SweepLedger>();
        services.TryAddSingleton<IQueryLedger, QueryLedger>();
        services.TryAddSingleton<IMeasurementStore, MeasurementStore>();
        services.TryAddSingleton<IBaselineStore, BaselineStore>();
        services.TryAddSingleton<IPublicationLedger, PublicationLedger>();
        services.TryAddSingleton<IRiskLedger, RiskLedger>();
        services.TryAddSingleton<IRunLog, RunLog>();
        services.TryAddSingleton<ILeases, Leases>();
        services.TryAddSingleton<IApiKeys, ApiKeys>();
    }
}
