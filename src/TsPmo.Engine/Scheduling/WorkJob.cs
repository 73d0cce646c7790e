using Microsoft.Extensions.Logging;
using Quartz;

namespace TsPmo.Engine.Scheduling;

/// <summary>Lets one timetable entry happen. A run that is still going keeps the next one of the same entry waiting.</summary>
[DisallowConcurrentExecution]
internal sealed partial class WorkJob(IScheduledWork work, ILogger<WorkJob> log) : IJob
{
    public const string KindKey = "kind";
    public const string ConnectorKey = "connector";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var name = context.JobDetail.Key.Name;
        var kind = Enum.Parse<WorkKind>(context.MergedJobDataMap.GetString(KindKey) ?? "");
        try
        {
            var outcome = await work.RunAsync(kind, context.MergedJobDataMap.GetString(ConnectorKey), cancellationToken);
            LogFinished(name, outcome.Result, outcome.Summary);
            context.Result = outcome.Result switch
            {
                WorkResult.Done => JobRunReport.Succeeded(outcome.Summary),
                WorkResult.LeftOut => JobRunReport.Skipped(outcome.Summary),
                _ => JobRunReport.Failed(outcome.Summary),
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogInterrupted(name);
            context.Result = JobRunReport.Skipped("Interrupted; the next run goes on from there.");
        }
        catch (Exception fault)
        {
            // A fault in one run must not end the schedule; the run history shows that it failed.
            LogFault(fault, name);
            context.Result = JobRunReport.Failed("Failed unexpectedly; see the log.");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job}: {Result}. {Summary}")]
    private partial void LogFinished(string job, WorkResult result, string summary);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} was interrupted; the next run goes on from there.")]
    private partial void LogInterrupted(string job);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} failed unexpectedly")]
    private partial void LogFault(Exception fault, string job);
}
