using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TsPmo.Model;
using TsPmo.Model.Facts;

namespace TsPmo.Engine.Storage;

/// <summary>The one way to the database.</summary>
internal sealed class PmoStore(IStoreProvider provider, TimeProvider clock) : IStore
{
    private readonly DbContextOptions<PmoContext> _options = OptionsOf(provider);

    public IStoreProvider Provider => provider;

    public async Task<Problem?> OpenAsync(CancellationToken cancellationToken)
    {
        if (provider.Prepare() is { } problem)
            return problem;
        try
        {
            await using var context = Read();
            var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
            var known = context.Database.GetMigrations().ToList();
            if (applied.Except(known, StringComparer.Ordinal).Any())
                return Newer();
            if (known.Except(applied, StringComparer.Ordinal).Any())
                await MigrateAsync(context, cancellationToken);
            return null;
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return Unusable();
        }
    }

    /// <summary>A context for reading: nothing is tracked.</summary>
    public PmoContext Read()
    {
        var context = new PmoContext(_options);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }

    /// <summary>A context inside a transaction that writes.</summary>
    public async Task<WriteSession> WriteAsync(CancellationToken cancellationToken)
    {
        var context = Read();
        try
        {
            return new WriteSession(context, provider, await provider.BeginWriteAsync(context, cancellationToken));
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }

    private async Task MigrateAsync(PmoContext context, CancellationToken cancellationToken)
    {
        IAsyncDisposable? schema;
        while ((schema = await provider.TryLockAsync("schema", cancellationToken)) is null)
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellationToken);
        await using (schema)
        {
            await provider.PrepareMigrationAsync(context, cancellationToken);
            await context.Database.MigrateAsync(cancellationToken);
        }
    }

    private static DbContextOptions<PmoContext> OptionsOf(IStoreProvider provider)
    {
        var builder = new DbContextOptionsBuilder<PmoContext>();
        provider.Configure(builder);
        return builder.Options;
    }

    private static Problem Newer() => new(
        "store-unusable",
        "The store was written by a newer version of this program.",
        "Run that version, or restore a backup that was made before it.");

    private static Problem Unusable() => new(
        "store-unusable",
        "The store cannot be opened: it is no database of this program, is damaged, or it and its folder may not be written.",
        "Check TsPmo:Store:ConnectionString, the rights on the file and its folder, and the disk; restore a backup if the file is damaged.");
}

/// <summary>A context with its transaction; what was not committed is gone when it is disposed.</summary>
internal sealed class WriteSession(PmoContext context, IStoreProvider provider, IWriteTransaction transaction) : IAsyncDisposable
{
    public PmoContext Context => context;

    public Task<int> UpsertAsync<TRow>(IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
        where TRow : class =>
        rows.Count == 0 ? Task.FromResult(0) : provider.UpsertAsync(context, rows, cancellationToken);

    /// <summary>Stores the facts of one kind as rows of their table.</summary>
    public Task UpsertAsync<TFact, TRow>(IReadOnlyList<Fact> facts, Func<TFact, TRow> row, CancellationToken cancellationToken)
        where TRow : class => UpsertAsync([.. facts.OfType<TFact>().Select(row)], cancellationToken);

    public Task CommitAsync(CancellationToken cancellationToken) => transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await context.DisposeAsync();
    }
}
