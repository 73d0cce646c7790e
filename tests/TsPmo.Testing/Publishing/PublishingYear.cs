using TsPmo.Engine.Pipeline.Publish;

namespace TsPmo.Testing.Publishing;

/// <summary>Days of publishing, each labelled beforehand, with what was written counted against the labels.</summary>
public sealed class PublishingYear(PublishingStage stage, IServiceProvider node)
{
    private readonly List<ProjectScript> _scripts = [.. stage.Projects.Select((_, i) => new ProjectScript(PublishingStage.Calendar, (ulong)i + 1))];
    private readonly Dictionary<string, int> _writes = new(StringComparer.Ordinal);
    private readonly Random _labels = new(4711);

    /// <summary>Days on which each project had something to say, the first included.</summary>
    public int MaterialDays { get; private set; }

    /// <summary>Days on which it had not.</summary>
    public int ImmaterialDays { get; private set; }

    /// <summary>What did not come out as it should, in words.</summary>
    public List<string> Mistakes { get; } = [];

    /// <summary>Lives through the first day and as many more as are wanted, every seventh or so a material one.</summary>
    public async Task LiveAsync(int days, CancellationToken cancellation)
    {
        for (var day = 0; day <= days; day++)
        {
            var isMaterial = new bool[_scripts.Count];
            for (var i = 0; i < _scripts.Count; i++)
            {
                isMaterial[i] = day == 0 || _labels.Next(7) == 0;
                stage.Figures.Today[stage.Projects[i].Key] = day == 0 ? _scripts[i].First() : isMaterial[i] ? _scripts[i].Material() : _scripts[i].Immaterial();
            }

            Count(day, isMaterial, await PublishingStage.PublishAsync(node, cancellation));
            await stage.Server.AdvanceClockAsync(TimeSpan.FromDays(1));
        }
    }

    /// <summary>How often a publication was written.</summary>
    public IReadOnlyDictionary<string, int> Writes => _writes;

    private void Count(int day, bool[] isMaterial, PublishReport report)
    {
        for (var i = 0; i < isMaterial.Length; i++)
        {
            MaterialDays += isMaterial[i] ? 1 : 0;
            ImmaterialDays += isMaterial[i] ? 0 : 1;
            var expected = day == 0 ? PublicationAction.Created : isMaterial[i] ? PublicationAction.Updated : PublicationAction.Unchanged;
            foreach (var row in report.Publications.Where(p => p.Project == stage.Projects[i].Key))
            {
                var name = $"{row.Project}/{row.Publication}";
                _writes[name] = _writes.GetValueOrDefault(name) + (row.Action is PublicationAction.Created or PublicationAction.Updated ? 1 : 0);
                if (row.Action != expected)
                    Mistakes.Add($"day {day}, {name}: {row.Action} instead of {expected}{(row.Error is { } error ? $" ({error.Code}: {error.Message})" : "")}");
            }
        }
    }
}
