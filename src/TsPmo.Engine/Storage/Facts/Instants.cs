namespace TsPmo.Engine.Storage.Facts;

/// <summary>Instants as rows keep them: Unix milliseconds, finer parts cut off.</summary>
internal static class Instants
{
    public static long? ToRow(DateTimeOffset? instant) => instant?.ToUnixTimeMilliseconds();

    public static DateTimeOffset FromRow(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static DateTimeOffset? FromRow(long? milliseconds) => milliseconds is { } ms ? FromRow(ms) : null;
}
