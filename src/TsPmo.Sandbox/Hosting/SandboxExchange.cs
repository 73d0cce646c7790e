namespace TsPmo.Sandbox.Hosting;

/// <summary>One request and the tracker's own answer to it, before compression and before a fault cut it.</summary>
/// <param name="Path">Path base, path and query as sent.</param>
public sealed record SandboxExchange(string Tracker, string Method, string Path, byte[] RequestBody, int Status, string? AnswerType, byte[] AnswerBody);
