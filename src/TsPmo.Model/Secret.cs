namespace TsPmo.Model;

/// <summary>A credential. It cannot print itself: its text is only had by asking for it.</summary>
public sealed class Secret(string value)
{
    /// <summary>The credential in clear, for the one place that sends it.</summary>
    public string Reveal() => value;

    /// <summary>Always the same placeholder.</summary>
    public override string ToString() => "***";
}
