using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace TsPmo.Model.Forecasting;

/// <summary>
/// The generator xoshiro256** of Blackman and Vigna (2018), its state filled by splitmix64: its sequence is fixed by the seed for ever, which that of the framework's own
/// generator is not. For simulations; not for secrets.
/// </summary>
public sealed class Xoshiro256
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>A generator that always gives the same sequence for the same seed.</summary>
    public Xoshiro256(ulong seed)
    {
        _a = SplitMix(ref seed);
        _b = SplitMix(ref seed);
        _c = SplitMix(ref seed);
        _d = SplitMix(ref seed);
    }

    /// <summary>The seed of a figure: the first eight bytes, big-endian, of SHA-256 over what it is about, the instant, and the settings it depends on.</summary>
    public static ulong SeedOf(string scope, DateTimeOffset asOf, string settings)
    {
        var settingsHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(settings)));
        var text = string.Create(CultureInfo.InvariantCulture, $"{scope}|{asOf.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'}|{settingsHash}");
        return BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A number from 0 to below a bound, by the high half of a product; its bias is below bound / 2^64.</summary>
    public int Next(int below) => (int)Math.BigMul(Next(), (ulong)below, out _);

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
