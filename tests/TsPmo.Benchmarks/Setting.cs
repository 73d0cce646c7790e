using System.Globalization;

namespace TsPmo.Benchmarks;

/// <summary>Sizes that the environment may change.</summary>
internal static class Setting
{
    public static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : usual;
}
