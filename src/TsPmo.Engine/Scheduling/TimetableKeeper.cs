using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace TsPmo.Engine.Scheduling;

/// <summary>Keeps the scheduler's jobs equal to the timetable in force, from the start of the host and whenever another one comes into force.</summary>
internal sealed partial class TimetableKeeper(ISchedulerFactory factory, ITimetableSource source, ILogger<TimetableKeeper> log) : IHostedService, IDisposable
{
    private const string Group = "work";

    private readonly SemaphoreSlim _applying = new(1, 1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ApplyAsync(source.Timetable, cancellationToken);
        source.Changed += OnChanged;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        source.Changed -= OnChanged;
        return Task.CompletedTask;
    }

    public void Dispose() => _applying.Dispose();

    private void OnChanged(object? sender, EventArgs e) => _ = ApplyLoggedAsync();

    private async Task ApplyLoggedAsync()
    {
        try
        {
            await ApplyAsync(source.Timetable, CancellationToken.None);
            LogApplied();
        }
        catch (SchedulerException fault)
        {
            LogNotApplied(fault);
        }
    }

    private async Task ApplyAsync(Timetable timetable, CancellationToken cancellationToken)
    {
        await _applying.WaitAsync(cancellationToken);
        try
        {
            var scheduler = await factory.GetScheduler(cancellationToken);
            await RemoveOthersAsync(scheduler, timetable, cancellationToken);
            foreach (var entry in timetable.Entries)
                await KeepAsync(scheduler, entry, timetable.Zone, cancellationToken);
        }
        finally
        {
            _applying.Release();
        }
    }

    private static async Task RemoveOthersAsync(IScheduler scheduler, Timetable timetable, CancellationToken cancellationToken)
    {
        var wanted = timetable.Entries.Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        var stored = await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(Group), cancellationToken);
        await scheduler.DeleteJobs([.. stored.Where(key => !wanted.Contains(key.Name))], cancellationToken);
    }

    /// <summary>A trigger that is stored as it should be stays, so that a run missed while the host was down is made up for once.</summary>
    private static async Task KeepAsync(IScheduler scheduler, TimetableEntry entry, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var key = new TriggerKey(entry.Name, Group);
        if (await scheduler.GetTrigger(key, cancellationToken) is ICronTrigger stored && stored.CronExpressionString == entry.Cron && stored.TimeZone.Id == zone.Id)
            return;
        var job = JobBuilder.Create<WorkJob>()
            .WithIdentity(entry.Name, Group)
            .UsingJobData(WorkJob.KindKey, entry.Kind.ToString())
            .UsingJobData(WorkJob.ConnectorKey, entry.Connector ?? "")
            .Build();
        var trigger = TriggerBuilder.Create(scheduler.TimeProvider)
            .WithIdentity(key)
            .ForJob(job)
            .WithCronSchedule(entry.Cron, cron => cron.InTimeZone(zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .Build();
        await scheduler.ScheduleJob(job, [trigger], new ScheduleJobOptions { Replace = true }, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The changed timetable is in force.")]
    private partial void LogApplied();

    [LoggerMessage(Level = LogLevel.Error, Message = "The changed timetable could not be stored; the old one stays in force until the next start.")]
    private partial void LogNotApplied(Exception fault);
}
