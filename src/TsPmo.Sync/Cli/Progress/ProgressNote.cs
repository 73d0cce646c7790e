namespace TsPmo.Sync.Cli.Progress;

/// <summary>How far something has come, in words.</summary>
/// <param name="Subject">What: a connector, a project.</param>
/// <param name="Text">How far.</param>
/// <param name="IsFinished">Whether it is done.</param>
internal readonly record struct ProgressNote(string Subject, string Text, bool IsFinished);

/// <summary>Passes reports on at once and in their order. (The framework's own sends them through the thread pool, which loses the order.)</summary>
internal sealed class Relay<T>(Action<T> receive) : IProgress<T>
{
    public void Report(T value) => receive(value);
}
