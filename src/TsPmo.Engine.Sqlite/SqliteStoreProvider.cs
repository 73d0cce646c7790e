using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using TsPmo.Engine.Storage;
using TsPmo.Model;

namespace TsPmo.Engine.Sqlite;

/// <summary>The embedded store: one file in write-ahead mode, so that readers never wait. Writers of this process queue instead of polling the file's lock.</summary>
internal sealed class SqliteStoreProvider(string connectionString) : IStoreProvider, IDisposable
{
    // Only these say that somebody else has the file; a missing folder or a full disk must not be waited for.
    private const int HeldOnWindows = unchecked((int)0x80070020);
    private const int HeldOnLinux = 11;
    private const int HeldOnMac = 35;

    private readonly SqliteConnectionStringBuilder _connection = new(connectionString) { DefaultTimeout = 30 };
    private readonly SqliteUpserts _upserts = new();
    private readonly SemaphoreSlim _writers = new(1, 1);

    public string Name => "Sqlite";

    /// <summary>A file per lock. They stay: deleting one that another process is about to open would let two of them hold it.</summary>
    private string Locks => Path.GetFullPath(_connection.DataSource) + ".locks";

    public void Configure(DbContextOptionsBuilder<PmoContext> options) =>
        options.UseSqlite(_connection.ConnectionString, sqlite => sqlite.MigrationsAssembly(typeof(SqliteStoreProvider).Assembly.GetName().Name));

    public Problem? Prepare()
    {
        try
        {
            Directory.CreateDirectory(Folder());
            Directory.CreateDirectory(Locks);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Problem(
                "store-unusable",
                $"The folder '{Folder()}' of the store cannot be created.",
                "Check TsPmo:Store:ConnectionString and the rights of the user that runs this program.");
        }
    }

    /// <summary>A new file is there as soon as it was looked into, and one that is there is not put into write-ahead mode by anybody else.</summary>
    public Task PrepareMigrationAsync(PmoContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync("""PRAGMA journal_mode = 'wal'; DROP TABLE IF EXISTS "__EFMigrationsLock" """, cancellationToken);

    public async Task<IWriteTransaction> BeginWriteAsync(PmoContext context, CancellationToken cancellationToken)
    {
        await _writers.WaitAsync(cancellationToken);
        try
        {
            return new SqliteWrite(await context.Database.BeginTransactionAsync(cancellationToken), _writers);
        }
        catch
        {
            _writers.Release();
            throw;
        }
    }

    public Task<int> UpsertAsync<TRow>(PmoContext context, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
        where TRow : class => _upserts.WriteAsync(context, rows, cancellationToken);

    public Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = Path.Combine(Locks, Uri.EscapeDataString(name));
        try
        {
            return Task.FromResult<IAsyncDisposable?>(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException failure) when (failure.HResult is HeldOnWindows or HeldOnLinux or HeldOnMac)
        {
            return Task.FromResult<IAsyncDisposable?>(null);
        }
    }

    public void Dispose() => _writers.Dispose();

    private string Folder() => Path.GetDirectoryName(Path.GetFullPath(_connection.DataSource)) ?? ".";

    private sealed class SqliteWrite(IDbContextTransaction transaction, SemaphoreSlim writers) : IWriteTransaction
    {
        public Task CommitAsync(CancellationToken cancellationToken) => transaction.CommitAsync(cancellationToken);

        public async ValueTask DisposeAsync()
        {
            try
            {
                await transaction.DisposeAsync();
            }
            finally
            {
                writers.Release();
            }
        }
    }
}
