using TsPmo.Model.Calendar;
using TsPmo.Model.Measuring;

namespace TsPmo.Testing.Publishing;

/// <summary>
/// A year of a project, day by day, each day labelled: material (a light changes, or a date or the variance has moved by the threshold or more since what was
/// last said) or not (everything moves by less).
/// </summary>
public sealed class ProjectScript(WorkingCalendar calendar, ulong seed)
{
    private static readonly Band[] Lights = [Band.Green, Band.Amber, Band.Red];
    private readonly Random _random = new((int)(seed * 7919 % int.MaxValue));
    private DayOfProject _said = new(0, new DateOnly(2026, 12, 1), Band.Green, 2);

    /// <summary>The first day: all of it is news.</summary>
    public DayOfProject First() => _said;

    /// <summary>A day on which there is something to say.</summary>
    public DayOfProject Material()
    {
        _said = _random.Next(3) switch
        {
            0 => _said with { Light = Lights.Where(l => l != _said.Light).ElementAt(_random.Next(2)) },
            1 => _said with { Variance = _said.Variance + Sign() * (2 + _random.Next(30) / 10m) },
            _ => _said with { Finish = calendar.AddWorkingDays(calendar.OnOrAfter(_said.Finish), 2 + _random.Next(8)) },
        };
        return Noisy(_said, within: 0);
    }

    /// <summary>A day on which figures move and nothing is worth saying.</summary>
    public DayOfProject Immaterial() => Noisy(_said, within: 1.9m);

    private DayOfProject Noisy(DayOfProject day, decimal within) => day with
    {
        Variance = day.Variance + Sign() * Math.Round(within * (decimal)_random.NextDouble(), 1),
        Finish = within == 0 ? day.Finish : calendar.AddWorkingDays(calendar.OnOrAfter(day.Finish), _random.Next(2)),
        Deployments = _random.Next(100) / 10m,
    };

    private int Sign() => _random.Next(2) == 0 ? -1 : 1;
}
