using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace TsPmo.Engine.History;

/// <summary>Reads rows of projects, whose names compare without case, which databases do not do alike.</summary>
internal static class NamedRows
{
    /// <summary>The rows of some projects.</summary>
    public static async Task<List<TRow>> ReadAsync<TRow>(
        IQueryable<TRow> rows, Expression<Func<TRow, string>> project, IReadOnlyCollection<string> projects, CancellationToken cancellationToken)
    {
        var known = await rows.Select(project).Distinct().ToListAsync(cancellationToken);
        var named = known.Where(name => projects.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList();
        var isNamed = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(string)], Expression.Constant(named), project.Body);
        return await rows.Where(Expression.Lambda<Func<TRow, bool>>(isNamed, project.Parameters)).ToListAsync(cancellationToken);
    }
}
