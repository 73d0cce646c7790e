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
        if (named.Count == 0)
            return [];
        // The names enter by way of a property, which makes them a parameter; as a constant they would make another query of every reading, and each be compiled anew.
        var names = Expression.Property(Expression.Constant(new Asked(named)), nameof(Asked.Names));
        var isNamed = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(string)], names, project.Body);
        return await rows.Where(Expression.Lambda<Func<TRow, bool>>(isNamed, project.Parameters)).ToListAsync(cancellationToken);
    }

    private sealed record Asked(IReadOnlyList<string> Names);
}
