using TsPmo.Engine.History;
using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Reporting.Exports.Writing;
using TsPmo.Model;

namespace TsPmo.Engine.Reporting.Exports;

/// <summary>Finds the kind, the scope and the form, and lets the rows flow from one to the other.</summary>
internal sealed class StoreExports(StoredPeople people, IPmoSource pmo, IEnumerable<ExportKind> kinds, TimeProvider clock) : IExports
{
    private readonly Dictionary<string, ExportKind> _kinds = kinds.ToDictionary(k => k.Name, StringComparer.Ordinal);

    public IReadOnlyList<string> Kinds => [.. _kinds.Keys.Order(StringComparer.Ordinal)];

    public async Task<Problem?> WriteAsync(ExportRequest request, Stream output, CancellationToken cancellationToken)
    {
        if (!_kinds.TryGetValue(request.Kind, out var kind))
            return new Problem("kind-unknown", $"There is no export called '{request.Kind}'.", $"Use one of: {string.Join(", ", Kinds)}.");
        if (kind.IsPersonal && request.HidesPersons)
            return PersonsHidden.Of(request.Kind);
        var setup = pmo.Current;
        var choice = ProjectChoice.Of(setup.Definition, request.Projects);
        if (choice.Problems.Count > 0)
            return choice.Problems[0];
        var scope = new ExportScope
        {
            Setup = setup,
            Projects = request.Projects.Count == 0 ? null : choice.Projects,
            Now = request.AsOf ?? clock.GetUtcNow(),
            IsPast = request.AsOf is not null,
            HidesPersons = request.HidesPersons,
            People = await people.ReadAsync(setup.Definition, cancellationToken),
        };
        await using IRowWriter writer = request.Format == ExportFormat.Csv ? new CsvRowWriter(output) : new NdjsonWriter(output);
        await writer.BeginAsync(kind.Columns, cancellationToken);
        await foreach (var row in kind.RowsAsync(scope, cancellationToken))
            await writer.WriteAsync(row, cancellationToken);
        return null;
    }
}
