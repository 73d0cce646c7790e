using TsPmo.Engine.Storage;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;

namespace TsPmo.Engine.Pipeline.Normalise;

/// <summary>Turns a page of records into what is committed. A record that is not understood goes to quarantine and stops nothing; what was understood of it is kept.</summary>
internal static class PageReading
{
    public static PageCommit Read(ConnectorInstance connector, string stream, SourcePage page, long version)
    {
        var (facts, understood, quarantined) = (new List<Fact>(), new List<RecordId>(), new List<QuarantinedRecord>());
        foreach (var record in page.Records)
        {
            var normalised = Normalise(connector.Normaliser, record);
            facts.AddRange(normalised.Facts);
            if (normalised.Problem is { } problem)
                quarantined.Add(new QuarantinedRecord(record, problem with { Scope = problem.Scope ?? $"{record.Kind} {record.Id}" }));
            else
                understood.Add(new RecordId(record.Kind, record.Id));
        }

        return new PageCommit
        {
            Connector = connector.Name,
            Stream = stream,
            ExpectedVersion = version,
            Cursor = page.Cursor,
            Facts = facts,
            Understood = understood,
            Quarantined = quarantined,
        };
    }

    /// <summary>A normaliser never throws for what a tracker might send; one that does has met something its author did not think of, which is what quarantine is for.</summary>
    private static Normalised Normalise(INormaliser normaliser, SourceRecord record)
    {
        try
        {
            return normaliser.Normalise(record);
        }
        catch (Exception failure) when (failure is InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException or OverflowException or NullReferenceException)
        {
            return new Normalised([], new Problem(
                "record-not-understood", $"The {record.Kind} '{record.Id}' has a form that is not known.", "Look at the record in the quarantine and report its form; everything else was stored."));
        }
    }
}
