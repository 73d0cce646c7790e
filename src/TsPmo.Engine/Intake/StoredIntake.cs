using TsPmo.Engine.Intake.Kinds;
using TsPmo.Engine.Intake.Reading;
using TsPmo.Engine.Storage;
using TsPmo.Model;

namespace TsPmo.Engine.Intake;

/// <summary>Reads the rows, lets their kind judge each, and stores them in batches, so that a file of any length needs the memory of one.</summary>
internal sealed class StoredIntake(PmoStore store, IPmoSource pmo, IEnumerable<IntakeKind> kinds, TimeProvider clock) : IIntake
{
    private const int BatchSize = 500;

    private readonly Dictionary<string, IntakeKind> _kinds = kinds.ToDictionary(k => k.Name, StringComparer.Ordinal);

    public IReadOnlyList<string> Kinds => [.. _kinds.Keys.Order(StringComparer.Ordinal)];

    public async Task<IntakeReport> TakeAsync(string kind, IntakeFormat format, Stream input, CancellationToken cancellationToken)
    {
        var (taking, rules) = (_kinds[kind], new IntakeRules(pmo.Current.Definition, clock.GetUtcNow()));
        var (taken, refused, named) = (0L, 0L, new List<RefusedRow>());
        var batch = new List<object>(BatchSize);
        await foreach (var read in Rows(format, input, cancellationToken))
        {
            var row = new IntakeRow(read, taking.Columns);
            var stored = taking.Judge(row, rules);
            if (row.Problem is { } problem)
            {
                refused++;
                if (named.Count < IntakeReport.MostNamed)
                    named.Add(new RefusedRow(read.Number, row.Id, problem));
                continue;
            }

            batch.Add(stored);
            taken++;
            if (batch.Count == BatchSize)
                await StoreAsync(taking, batch, cancellationToken);
        }

        await StoreAsync(taking, batch, cancellationToken);
        return new(taken, refused, named);
    }

    private static IAsyncEnumerable<ReadRow> Rows(IntakeFormat format, Stream input, CancellationToken cancellationToken) => format switch
    {
        IntakeFormat.Csv => CsvRows.ReadAsync(input, cancellationToken),
        IntakeFormat.Json => JsonRows.DocumentAsync(input, cancellationToken),
        _ => JsonRows.LinesAsync(input, cancellationToken),
    };

    private async Task StoreAsync(IntakeKind kind, List<object> batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
            return;
        await using var session = await store.WriteAsync(cancellationToken);
        await kind.StoreAsync(session, batch, cancellationToken);
        await session.CommitAsync(cancellationToken);
        batch.Clear();
    }
}
