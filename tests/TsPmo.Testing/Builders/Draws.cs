namespace TsPmo.Testing.Builders;

/// <summary>A small generator with a fixed sequence (Numerical Recipes' linear congruential one): the same seed draws the same on every version of .NET.</summary>
public sealed class Draws(int seed)
{
    private uint _state = (uint)seed * 2654435761;

    /// <summary>A number from 0 up to, not including, a limit.</summary>
    public int Next(int below)
    {
        _state = _state * 1664525 + 1013904223;
        return (int)((_state >> 16) % (uint)below);
    }
}
