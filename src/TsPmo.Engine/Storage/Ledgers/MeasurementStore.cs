using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Measuring;

namespace TsPmo.Engine.Storage.Ledgers;

/// <summary>Figures in the store.</summary>
internal sealed class MeasurementStore(PmoStore store) : IMeasurementStore
{
    public async Task SaveAsync(string project, IReadOnlyList<MetricResult> results, CancellationToken cancellationToken)
    {
        var instants = results.Select(r => r.AsOf.ToUnixTimeMilliseconds()).Distinct().ToList();
        await using var session = await store.WriteAsync(cancellationToken);
        await OfProject(session.Context, project).Where(m => EF.Parameter(instants).Contains(m.AsOf)).ExecuteDeleteAsync(cancellationToken);
        var personal = results.Where(r => r.Metric.IsPersonal).Select(r => r.Metric.Name).Distinct(StringComparer.Ordinal).ToList();
        var latest = personal.Count == 0 ? long.MinValue : await LatestAsync(OfProject(session.Context, project), cancellationToken) ?? long.MinValue;
        if (personal.Count > 0 && instants.Max() >= latest)
            await OfProject(session.Context, project).Where(m => EF.Parameter(personal).Contains(m.Metric) && m.Subject != "").ExecuteDeleteAsync(cancellationToken);
        await session.UpsertAsync([.. results.Where(r => !IsAboutPerson(r) || r.AsOf.ToUnixTimeMilliseconds() >= latest).Select(r => Row(StoredResult.Of(project, r)))], cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<StoredResult>> ReadAsync(string project, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var ofProject = OfProject(context, project);
        var instant = asOf?.ToUnixTimeMilliseconds() ?? await LatestAsync(ofProject, cancellationToken);
        if (instant is null)
            return [];
        var rows = await ofProject.Where(m => m.AsOf == instant).OrderBy(m => m.Metric).ThenBy(m => m.Subject).ThenBy(m => m.Window).ToListAsync(cancellationToken);
        return [.. rows.Select(Result)];
    }

    private static IQueryable<MeasurementRow> OfProject(PmoContext context, string project) => context.Measurements.Where(m => m.Project == project);

    private static Task<long?> LatestAsync(IQueryable<MeasurementRow> rows, CancellationToken cancellationToken) => rows.MaxAsync(m => (long?)m.AsOf, cancellationToken);

    private static bool IsAboutPerson(MetricResult result) => result.Metric.IsPersonal && result.Subject is not null;

    private static MeasurementRow Row(StoredResult result) => new()
    {
        Project = result.Project,
        Metric = result.Metric,
        Subject = result.Subject ?? "",
        AsOf = result.AsOf.ToUnixTimeMilliseconds(),
        Label = result.Label,
        Unit = result.Unit,
        Window = result.Window?.ToString() ?? "",
        Number = result.Number,
        Date = result.Date,
        Text = result.Text,
        Band = result.Band?.ToString(),
        Method = result.Method,
        Reason = result.Reason?.ToString(),
        Because = result.Because,
        N = result.N,
        EvidenceCount = result.EvidenceCount,
        Quality = string.Join('\n', result.Quality),
        Confidence = result.Confidence,
        Baseline = result.Baseline,
    };

    private static StoredResult Result(MeasurementRow row) => new()
    {
        Project = row.Project,
        Metric = row.Metric,
        Subject = row.Subject.Length == 0 ? null : row.Subject,
        AsOf = Instants.FromRow(row.AsOf),
        Label = row.Label,
        Unit = row.Unit,
        Window = DateWindow.Read(row.Window),
        Number = row.Number,
        Date = row.Date,
        Text = row.Text,
        Band = Enum.TryParse<Band>(row.Band, out var band) ? band : null,
        Method = row.Method,
        Reason = Enum.TryParse<Reason>(row.Reason, out var reason) ? reason : null,
        Because = row.Because,
        N = row.N,
        EvidenceCount = row.EvidenceCount,
        Quality = row.Quality.Length == 0 ? [] : row.Quality.Split('\n'),
        Confidence = row.Confidence,
        Baseline = row.Baseline,
    };
}
