using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.AzureDevOps.Normalising;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading;

namespace TsPmo.Plugins.Connectors.AzureDevOps;

/// <summary>Turns the records of this connector into facts.</summary>
internal sealed class AzureDevOpsNormaliser : INormaliser
{
    /// <inheritdoc/>
    public Normalised Normalise(SourceRecord record)
    {
        try
        {
            return record.Kind switch
            {
                RecordKinds.Project => CatalogueFacts.OfProject(record.Body),
                RecordKinds.Fields => CatalogueFacts.OfFields(record.Body),
                RecordKinds.Iterations => PlanningFacts.OfIterations(record.Body),
                RecordKinds.DeletedIteration => PlanningFacts.OfDeletedIteration(record.Body),
                RecordKinds.Capacity => PlanningFacts.OfCapacity(record.Body),
                RecordKinds.Revision => RevisionFacts.Of(record.Body, record.Context),
                RecordKinds.ForeignRevision => RevisionFacts.OfForeign(record.Body, record.Context),
                RecordKinds.Relations => LinkFacts.OfRelations(record.Body),
                RecordKinds.Link => LinkFacts.OfLink(record.Body, record.Context),
                RecordKinds.Build => DeliveryFacts.OfBuild(record.Body),
                RecordKinds.Job => DeliveryFacts.OfJob(record.Body),
                RecordKinds.RunContent => CodeFacts.OfRun(record.Body),
                RecordKinds.PullRequest => CodeFacts.OfPullRequest(record.Body),
                RecordKinds.RunQuality => QualityFacts.Of(record.Body),
                RecordKinds.Release => DeliveryFacts.OfRelease(record.Body),
                _ => NotUnderstood($"A record of the kind '{record.Kind}' is not known."),
            };
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            return NotUnderstood($"A record of the kind '{record.Kind}' has a shape that is not understood.");
        }
    }

    /// <summary>The answer for a record that cannot be used.</summary>
    public static Normalised NotUnderstood(string why) =>
        new([], new Problem("record-not-understood", why, "The record is kept in quarantine and read again when it changes. Report it with the record's text if it stays."));
}
