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
        catch (Exception e) when (IsOfAnotherShape(e))
        {
            return new ReadFailure(unexpected());
        }
    }

    /// <summary>A part of a stream, whose failure need not be the stream's.</summary>
    /// <param name="steps">The part's steps.</param>
    /// <param name="failure">What a failure is to the rest: the end, a notice, or nothing.</param>
    /// <param name="unexpected">The problem of an answer of another shape than the tracker documents; the rest is read.</param>
    /// <param name="cancellationToken">Cancellation is the one thing that passes.</param>
    public static async IAsyncEnumerable<ReadStep> PartAsync(
        IAsyncEnumerable<ReadStep> steps, Func<TrackerException, ReadStep?> failure, Func<Problem> unexpected, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = steps.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            var (step, isOver) = await NextAsync(reader, failure, unexpected);
            if (step is not null)
                yield return step;
            if (isOver)
                yield break;
        }
    }

    private static async Task<(ReadStep? Step, bool IsOver)> NextAsync(IAsyncEnumerator<ReadStep> reader, Func<TrackerException, ReadStep?> failure, Func<Problem> unexpected)
    {
        try
        {
            return await reader.MoveNextAsync() ? (reader.Current, false) : (null, true);
        }
        catch (TrackerException e)
        {
            return (failure(e), true);
        }
        catch (Exception e) when (IsOfAnotherShape(e))
        {
            return (new ReadNotice(unexpected()), true);
        }
    }

    private static bool IsOfAnotherShape(Exception e) => e is InvalidOperationException or FormatException or JsonException or KeyNotFoundException;
}
