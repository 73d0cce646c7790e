using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;

namespace TsPmo.Plugins.Http;

/// <summary>Where a connector's reading meets the engine: streams throw inside, and here every failure becomes the last step.</summary>
internal static class ReadingEdge
{
    /// <param name="steps">A stream's steps.</param>
    /// <param name="scope">What a failure is about where it does not say so itself; null: the whole.</param>
    /// <param name="unexpected">The problem of an answer of another shape than the tracker documents.</param>
    /// <param name="cancellationToken">Cancellation is the one thing that passes.</param>
    public static async IAsyncEnumerable<ReadStep> GuardAsync(
        IAsyncEnumerable<ReadStep> steps, string? scope, Func<Problem> unexpected, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = steps.GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(reader, scope, unexpected) is { } step)
        {
            yield return step;
            if (step is ReadFailure)
                yield break;
        }
    }

    private static async Task<ReadStep?> NextAsync(IAsyncEnumerator<ReadStep> reader, string? scope, Func<Problem> unexpected)
    {
        try
        {
            return await reader.MoveNextAsync() ? reader.Current : null;
        }
        catch (TrackerException e)
        {
            return new ReadFailure(e.Problem with { Scope = e.Problem.Scope ?? scope });
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or JsonException or KeyNotFoundException)
        {
            return new ReadFailure(unexpected());
        }
    }
}
