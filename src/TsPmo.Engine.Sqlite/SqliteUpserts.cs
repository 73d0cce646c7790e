using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using TsPmo.Engine.Storage;

namespace TsPmo.Engine.Sqlite;

/// <summary>Writes rows with one prepared statement per table, built from the model so that no column is named twice.</summary>
internal sealed class SqliteUpserts
{
    private readonly ConcurrentDictionary<Type, Statement> _statements = new();

    public async Task<int> WriteAsync<TRow>(PmoContext context, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
        where TRow : class
    {
        var statement = _statements.GetOrAdd(typeof(TRow), static (type, model) => Statement.For(model.FindEntityType(type)!), context.Model);
        var transaction = context.Database.CurrentTransaction ?? throw new InvalidOperationException("Rows are written inside a transaction.");
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
        command.CommandText = statement.Sql;
        var parameters = statement.Columns.Select(column => Parameter(command, column)).ToArray();
        await command.PrepareAsync(cancellationToken);
        var changed = 0;
        foreach (var row in rows)
        {
            for (var i = 0; i < parameters.Length; i++)
                parameters[i].Value = statement.Columns[i].Read(row) ?? DBNull.Value;
            changed += await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return changed;
    }

    private static DbParameter Parameter(DbCommand command, Column column)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = "$" + column.Name;
        command.Parameters.Add(parameter);
        return parameter;
    }

    /// <summary>A column and how its value is read from a row, in the form the database keeps.</summary>
    private sealed record Column(string Name, Func<object, object?> Read)
    {
        public static Column For(IProperty property)
        {
            var (getter, converter) = (property.GetGetter(), property.GetTypeMapping().Converter);
            return new Column(property.GetColumnName(), row => getter.GetClrValue(row) is { } value
                ? converter is null ? value : converter.ConvertToProvider(value)
                : null);
        }
    }

    private sealed record Statement(string Sql, IReadOnlyList<Column> Columns)
    {
        public static Statement For(IEntityType type)
        {
            var columns = type.GetProperties().Where(p => p.ValueGenerated == ValueGenerated.Never).Select(Column.For).ToList();
            var identity = Identity(type).Properties.Select(p => p.GetColumnName()).ToList();
            var rest = columns.Select(c => c.Name).Except(identity, StringComparer.Ordinal).ToList();
            var table = Quote(type.GetTableName()!);
            var insert = $"INSERT INTO {table} ({Join(columns.Select(c => Quote(c.Name)))}) VALUES ({Join(columns.Select(c => "$" + c.Name))}) ON CONFLICT ({Join(identity.Select(Quote))}) DO ";
            return new Statement(insert + (rest.Count == 0 ? "NOTHING" : Update(table, rest)), columns);
        }

        private static string Update(string table, List<string> columns)
        {
            var set = Join(columns.Select(c => $"{Quote(c)} = excluded.{Quote(c)}"));
            var differs = string.Join(" OR ", columns.Select(c => $"{table}.{Quote(c)} IS NOT excluded.{Quote(c)}"));
            var newer = columns.Contains("Version", StringComparer.Ordinal) ? $"excluded.\"Version\" >= {table}.\"Version\" AND " : "";
            return $"UPDATE SET {set} WHERE {newer}({differs})";
        }

        private static IKey Identity(IEntityType type) => type.GetKeys().FirstOrDefault(k => !k.IsPrimaryKey()) ?? type.FindPrimaryKey()!;

        private static string Quote(string name) => $"\"{name}\"";

        private static string Join(IEnumerable<string> parts) => string.Join(", ", parts);
    }
}
