using TsPmo.Sync.Configuration.Reading;

namespace TsPmo.Sync.Configuration;

/// <summary>The configuration in force while a host runs, and what is wrong with a newer one that could not come into force.</summary>
internal sealed class CurrentConfiguration(LoadedConfiguration first)
{
    private volatile LoadedConfiguration _value = first;
    private volatile IReadOnlyList<SettingProblem> _rejected = [];

    /// <summary>The configuration in force.</summary>
    public LoadedConfiguration Value => _value;

    /// <summary>Mistakes in the files as they are now; empty when what they say is in force.</summary>
    public IReadOnlyList<SettingProblem> Rejected => _rejected;

    /// <summary>Another configuration is in force.</summary>
    public event EventHandler? Changed;

    public void Replace(LoadedConfiguration next)
    {
        _value = next;
        _rejected = [];
        Changed?.Invoke(this, EventArgs.Empty);
    }

    public void Reject(IReadOnlyList<SettingProblem> problems) => _rejected = problems;
}
