using TsPmo.Model;
using TsPmo.Model.Contracts;

namespace TsPmo.Testing.Conformance;

/// <summary>Everything one reading of a stream gave.</summary>
public sealed record Reading(IReadOnlyList<SourcePage> Pages, IReadOnlyList<Problem> Notices, Problem? Failure)
{
    public IEnumerable<SourceRecord> Records => Pages.SelectMany(p => p.Records);

    public static async Task<Reading> OfAsync(ConnectorInstance instance, string stream, string? cursor, CancellationToken cancellation, ReadDepth depth = ReadDepth.Changes)
    {
        var pages = new List<SourcePage>();
        var notices = new List<Problem>();
        Problem? failure = null;
        await foreach (var step in StepsAsync(instance, stream, cursor, cancellation, depth))
        {
            switch (step)
            {
                case SourcePage page: pages.Add(page); break;
                case ReadNotice notice: notices.Add(notice.Problem); break;
                case ReadFailure failed: failure = failed.Problem; break;
            }
        }

        return new Reading(pages, notices, failure);
    }

    /// <summary>The steps of a reading as they come.</summary>
    public static IAsyncEnumerable<ReadStep> StepsAsync(ConnectorInstance instance, string stream, string? cursor, CancellationToken cancellation, ReadDepth depth = ReadDepth.Changes) =>
        instance.Connector.ReadAsync(new ReadRequest { Stream = stream, Cursor = cursor, Projects = instance.Projects, Depth = depth }, cancellation);
}
