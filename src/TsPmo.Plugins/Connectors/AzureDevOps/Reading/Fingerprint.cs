using System.Security.Cryptography;
using System.Text;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>Short texts that stand for longer ones in cursors, all of one length, so that many can be kept one behind the other.</summary>
internal static class Fingerprint
{
    private const int Length = 8;

    public static string Of(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Length / 4 * 3));

    /// <summary>Whether a fingerprint is one of many that stand one behind the other.</summary>
    public static bool IsAmong(string all, string one)
    {
        for (var i = 0; i + Length <= all.Length; i += Length)
        {
            if (string.CompareOrdinal(all, i, one, 0, Length) == 0)
                return true;
        }

        return false;
    }
}
