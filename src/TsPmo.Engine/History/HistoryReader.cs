using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.History.Deployments;
using TsPmo.Engine.Storage;
using TsPmo.Model.DataQuality;
using TsPmo.Model.Delivery;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;

namespace TsPmo.Engine.History;

/// <summary>Reads histories from the store.</summary>
internal sealed class HistoryReader(
    PmoStore store, StoredItems items, StoredPeople accounts, TimeEntryReading hours, LinkReading links, IBaselineStore baselines,
    ProjectDeployments deliveries, StoredSurveys surveys, IRiskLedger risks, StoredCapacities capacities, IPmoSource pmo, TimeProvider clock) : IHistoryReader
{
    public async Task<ProjectHistory> ReadAsync(ProjectDefinition project, CancellationToken cancellationToken)
    {
        var (definition, now) = (pmo.Current.Definition, clock.GetUtcNow());
        var (scoped, sprints, milestones, entries) = (new List<ScopedItem>(), new List<Sprint>(), new List<Milestone>(), new List<TimeEntry>());
        var people = await accounts.ReadAsync(definition, cancellationToken);
        var remarks = new Dictionary<string, SourceRemarks>(StringComparer.Ordinal);
        foreach (var sources in project.Sources.GroupBy(s => s.Connector, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var trackerProjects = sources.Select(s => s.Project).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            var vocabulary = await items.VocabularyAsync(sources.Key, definition, cancellationToken);
            var found = await ScopedAsync(project, sources.Key, trackerProjects, vocabulary, entry => entries.AddRange(TimeEntryReading.Differences(sources.Key, entry, people)), cancellationToken);
            scoped.AddRange(found);
            entries.AddRange(await hours.ToldAsync(sources.Key, found.Select(i => i.Item.Id.Id), people, cancellationToken));
            remarks[sources.Key] = new() { UnmappedStatuses = vocabulary.UnmappedStatuses, AmbiguousFields = vocabulary.AmbiguousFields };
            var stored = await SprintsAsync(sources.Key, cancellationToken);
            sprints.AddRange(stored.Select(s => SprintReading.Read(s, definition.Calendar, now, isPast: false)));
            milestones.AddRange(await VersionsAsync(sources.Key, cancellationToken));
            milestones.AddRange(MilestoneReading.Planned(stored.Select(s => s.Row), [project]));
        }

        var linked = await links.BetweenAsync(scoped, definition, cancellationToken);
        var rows = await deliveries.OfAsync(project, cancellationToken);
        var trace = await deliveries.TraceAsync(project, cancellationToken);
        var reading = new DeploymentReading(project.Deployments, definition.Calendar);
        Deployment[] deployments = [.. reading.Read(rows).OrderBy(d => d.FinishedAt ?? DateTimeOffset.MaxValue).ThenBy(d => d.Id)];
        return new ProjectHistory
        {
            Project = project,
            Calendar = definition.Calendar,
            Items = [.. scoped.OrderBy(i => i.Item.Id)],
            Sprints = sprints.ToDictionary(s => s.Id),
            Milestones = milestones.ToDictionary(m => m.Id),
            Remarks = remarks,
            People = people,
            Capacities = await capacities.ReadAsync(project, people, definition.Calendar, cancellationToken),
            Deployments = deployments,
            Delivered = new DeferredList<DeploymentChanges>(() => new DeliveredReading(rows, trace).Read(deployments)),
            Runs = new DeferredList<RunQuality>(() => QualityReading.Read(rows, trace)),
            Responses = await surveys.OfAsync(project, cancellationToken),
            RiskDecisions = await risks.OfAsync(project.Key, cancellationToken),
            NearMisses = reading.NearMisses(rows),
            TimeEntries = entries,
            Links = linked.Links,
            UnresolvedLinks = linked.Unresolved,
            Baselines = await baselines.ReadAsync(project.Key, cancellationToken),
        };
    }

    public async IAsyncEnumerable<ItemHistory> StreamAsync(string connector, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var vocabulary = await items.VocabularyAsync(connector, pmo.Current.Definition, cancellationToken);
        await foreach (var item in items.StreamAsync(connector, cancellationToken))
            yield return ItemFold.Fold(connector, item, vocabulary);
    }

    private async Task<List<ScopedItem>> ScopedAsync(ProjectDefinition project, string connector, List<string> trackerProjects, Vocabulary vocabulary, Action<StoredItem> booked, CancellationToken cancellationToken)
    {
        var scoped = new List<ScopedItem>();
        await foreach (var item in items.StreamAsync(connector, trackerProjects, cancellationToken))
        {
            var history = ItemFold.Fold(connector, item, vocabulary);
            if (ScopeMatch.Of(project, history) is not { } inScope || (!inScope.Initial && inScope.Entries.Count == 0))
                continue;
            scoped.Add(new ScopedItem(history, inScope));
            if (history.CompletedWork is not null)
                booked(item);
        }

        return scoped;
    }

    private async Task<List<StoredSprint>> SprintsAsync(string connector, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        return await StoredSprint.AllAsync(context, connector, cancellationToken);
    }

    private async Task<IEnumerable<Milestone>> VersionsAsync(string connector, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var versions = await context.Milestones.Where(m => m.Connector == connector).ToListAsync(cancellationToken);
        var former = (await context.FormerMilestoneDates.Where(d => d.Connector == connector).OrderBy(d => d.Until).ToListAsync(cancellationToken)).ToLookup(d => d.MilestoneId, StringComparer.Ordinal);
        return versions.Select(v => MilestoneReading.Version(v, [.. former[v.Id]]));
    }
}
