using System.Security.Cryptography;
using System.Text;

namespace TsPmo.Plugins.Connectors;

/// <summary>A short check over a text, by which what we wrote can be told from what a person changed, without any memory of ours.</summary>
internal static class Fingerprint
{
    /// <summary>Length in characters.</summary>
    public const int Length = 12;

    /// <summary>The first characters of the SHA-256 in lower-case hex.</summary>
    public static string Of(string text) => Short(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    /// <summary>A longer hash, shortened.</summary>
    public static string Short(string hash) => hash.Length > Length ? hash[..Length] : hash.PadRight(Length, '0');
}
