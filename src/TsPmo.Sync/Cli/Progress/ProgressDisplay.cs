using System.Collections.Concurrent;
using Spectre.Console;

namespace TsPmo.Sync.Cli.Progress;

/// <summary>Shows how work gets on: moving bars to a person at a terminal, a plain line every few seconds to everything else.</summary>
internal sealed class ProgressDisplay(Terminal terminal, TimeProvider clock)
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(3);

    /// <summary>Does the work while showing what it reports.</summary>
    public Task<T> RunAsync<T>(string title, Func<IProgress<ProgressNote>, Task<T>> work) =>
        terminal.IsWatched ? WithBarsAsync(title, work) : WithLinesAsync(title, work);

    private async Task<T> WithBarsAsync<T>(string title, Func<IProgress<ProgressNote>, Task<T>> work)
    {
        var bars = terminal.Progress.Progress().Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ElapsedTimeColumn());
        return await bars.StartAsync(async context =>
        {
            var whole = context.AddTask(Markup.Escape(title));
            var tasks = new ConcurrentDictionary<string, ProgressTask>(StringComparer.Ordinal);
            var result = await work(new Relay<ProgressNote>(note =>
            {
                var task = tasks.GetOrAdd(note.Subject, _ => context.AddTask(""));
                task.Description = Markup.Escape($"  {note.Subject}: {note.Text}");
                if (note.IsFinished)
                    task.StopTask();
            }));
            whole.StopTask();
            return result;
        });
    }

    private async Task<T> WithLinesAsync<T>(string title, Func<IProgress<ProgressNote>, Task<T>> work)
    {
        var gate = new Lock();
        var last = clock.GetTimestamp();
        terminal.Say(title);
        return await work(new Relay<ProgressNote>(note =>
        {
            lock (gate)
            {
                if (!note.IsFinished && clock.GetElapsedTime(last) < LineEvery)
                    return;
                last = clock.GetTimestamp();
                terminal.Say($"  {note.Subject}: {note.Text}");
            }
        }));
    }
}
