using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Rows;

namespace TsPmo.Engine.Storage.Ledgers;

/// <summary>
/// Keys in the store, as <c>tspmo_ID_SECRET</c>. The secret is 32 random bytes, so one round of SHA-256 keeps it as well as any slower hash would: there is nothing to guess.
/// </summary>
internal sealed class ApiKeys(PmoStore store, TimeProvider clock) : IApiKeys
{
    private const string Prefix = "tspmo_";
    private const int IdBytes = 6;
    private const int SecretBytes = 32;

    public async Task<(ApiKey Key, string Text)> CreateAsync(string name, ApiRole role, CancellationToken cancellationToken)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var row = new ApiKeyRow
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)),
            Name = name,
            Role = role,
            Hash = HashOf(secret),
            CreatedAt = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        await using var session = await store.WriteAsync(cancellationToken);
        await session.UpsertAsync([row], cancellationToken);
        await session.CommitAsync(cancellationToken);
        return (Key(row), $"{Prefix}{row.Id}_{secret}");
    }

    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        return [.. (await context.ApiKeys.OrderBy(k => k.CreatedAt).ThenBy(k => k.Id).ToListAsync(cancellationToken)).Select(Key)];
    }

    public async Task<bool> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        long? now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await using var session = await store.WriteAsync(cancellationToken);
        var revoked = await session.Context.ApiKeys.Where(k => k.Id == id && k.RevokedAt == null)
            .ExecuteUpdateAsync(k => k.SetProperty(key => key.RevokedAt, now), cancellationToken);
        await session.CommitAsync(cancellationToken);
        return revoked > 0;
    }

    public async Task<ApiKey?> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length..].Split('_', 2) is not [var id, var secret])
            return null;
        await using var context = store.Read();
        var row = await context.ApiKeys.SingleOrDefaultAsync(k => k.Id == id && k.RevokedAt == null, cancellationToken);
        return row is not null && IsSame(row.Hash, HashOf(secret)) ? Key(row) : null;
    }

    private static bool IsSame(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other));

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static ApiKey Key(ApiKeyRow row) => new(row.Id, row.Name, row.Role, Instants.FromRow(row.CreatedAt), Instants.FromRow(row.RevokedAt));
}
