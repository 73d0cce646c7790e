using TsPmo.Model;

namespace TsPmo.Engine.Pipeline.Publish;

/// <summary>Two runs must not write the same project's status side by side.</summary>
internal static class PublishLease
{
    public static string Of(string project) => $"publish/{project}";

    public static Problem Taken(string project) => new(
        "already-running", $"Another run is writing the status of {project} now.", "Wait until it is done.") { Scope = project, Retryable = true };
}
