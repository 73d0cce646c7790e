namespace TsPmo.Model;

/// <summary>An expected failure as a value: something an administrator can read and act on. Never carries a secret, an exception's text or a stack trace.</summary>
/// <param name="Code">Stable, kebab-case, for scripts ("authentication-failed").</param>
/// <param name="Message">What is wrong, in the administrator's words.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record Problem(string Code, string Message, string Remedy)
{
    /// <summary>What it is about: a project, stream or item of the tracker, or a configuration key. Null when it concerns the whole.</summary>
    public string? Scope { get; init; }

    /// <summary>Whether the same attempt may succeed later without anybody doing anything.</summary>
    public bool Retryable { get; init; }
}
