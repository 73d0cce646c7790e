using System.Security.Cryptography;
using System.Text;

namespace TsPmo.Sandbox.AzureDevOps.State;

/// <summary>Identifiers that look random and are not: the same name gives the same GUID in every run.</summary>
internal static class StableGuid
{
    public static Guid Of(string kind, string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{name}"), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
