using System.Runtime.CompilerServices;
using TsPmo.Engine.Reporting.Risks;

namespace TsPmo.Engine.Reporting.Exports.Kinds;

/// <summary>The risk registers of the projects.</summary>
internal sealed class RisksExport(RiskQuery risks) : ExportKind(
    "risks", "project", "id", "title", "kind", "probability", "impact", "score", "status", "owner", "sources", "raisedAt")
{
    public override async IAsyncEnumerable<object?[]> RowsAsync(ExportScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var project in (scope.Projects ?? scope.Pmo.Projects.Values).OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            var register = await risks.OfAsync(project, scope.Now, cancellationToken);
            foreach (var risk in register.OrderBy(r => r.Id, StringComparer.Ordinal))
            {
                yield return
                [
                    project.Key, risk.Id, risk.Title, risk.Kind, risk.Probability, risk.Impact, risk.Score, Spelled(risk.Status),
                    risk.Owner is { } owner ? scope.People.IdOf(owner.Connector, owner.Id) : null, risk.Sources, risk.RaisedAt,
                ];
            }
        }
    }
}
