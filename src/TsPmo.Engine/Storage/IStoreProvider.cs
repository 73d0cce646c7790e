using Microsoft.EntityFrameworkCore;
using TsPmo.Model;

namespace TsPmo.Engine.Storage;

/// <summary>What differs between databases: how to connect, how to write in bulk, how to begin a write, how to hold a lock.</summary>
internal interface IStoreProvider
{
    /// <summary>Name in the configuration.</summary>
    string Name { get; }

    /// <summary>Points a context at the database and its migrations.</summary>
    void Configure(DbContextOptionsBuilder<PmoContext> options);

    /// <summary>Makes ready what must exist before a connection can be opened (a folder), or says why that is impossible.</summary>
    Problem? Prepare();

    /// <summary>Makes ready for a migration: settles how the store works for good, and clears what a migration left behind that was killed. Called with the lock of the schema held.</summary>
    Task PrepareMigrationAsync(PmoContext context, CancellationToken cancellationToken);

    /// <summary>Begins a transaction that will write; waits until it may.</summary>
    Task<IWriteTransaction> BeginWriteAsync(PmoContext context, CancellationToken cancellationToken);

    /// <summary>Inserts rows or replaces stored ones of the same identity (alternate key where there is one, else primary key). A stored row of a higher Version stays. Gives the number of rows that are new or different.</summary>
    Task<int> UpsertAsync<TRow>(PmoContext context, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
        where TRow : class;

    /// <summary>Takes a named lock that vanishes with the process that holds it; null when somebody else has it.</summary>
    Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken cancellationToken);
}

/// <summary>A transaction that writes; disposing it without committing rolls back.</summary>
internal interface IWriteTransaction : IAsyncDisposable
{
    /// <summary>Makes everything written visible and lasting.</summary>
    Task CommitAsync(CancellationToken cancellationToken);
}
