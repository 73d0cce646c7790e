using System.Collections.Concurrent;

namespace TsPmo.Sandbox.World;

/// <summary>A mail the real tracker would have sent.</summary>
/// <param name="Act">What caused it: comment-created, comment-edited, item-edited, deleted.</param>
public sealed record Notification(string Tracker, string ItemId, string Act, DateTimeOffset At);

/// <summary>Counts notifications; a write is loud unless the tracker's own rules call it quiet.</summary>
public sealed class NotificationLog
{
    private readonly ConcurrentQueue<Notification> _sent = new();

    public IReadOnlyCollection<Notification> Sent => _sent;

    public void Add(Notification notification) => _sent.Enqueue(notification);

    public void Clear() => _sent.Clear();
}
