using TsPmo.Model.History;

namespace TsPmo.Model.Planning;

/// <summary>A sum that grows and shrinks at instants: added up once, asked for any instant.</summary>
public sealed class RunningSum
{
    private readonly DateTimeOffset[] _instants;
    private readonly decimal[] _values;

    /// <summary>The sum of changes, told in any order.</summary>
    public RunningSum(IEnumerable<(DateTimeOffset At, decimal Change)> steps)
    {
        var ordered = steps.OrderBy(s => s.At).ToList();
        var (instants, values) = (new List<DateTimeOffset>(ordered.Count), new List<decimal>(ordered.Count));
        var sum = 0m;
        foreach (var (at, change) in ordered)
        {
            sum += change;
            if (instants.Count > 0 && instants[^1] == at)
            {
                values[^1] = sum;
                continue;
            }

            instants.Add(at);
            values.Add(sum);
        }

        (_instants, _values) = ([.. instants], [.. values]);
    }

    /// <summary>The sum of values that change at no other than the given instants, each as seen from an instant on.</summary>
    /// <param name="parts">The values.</param>
    public static RunningSum Of(IEnumerable<ChangingValue<decimal>> parts) => Of(parts, value => value)[0];

    /// <summary>Several sums of values that change together, in the order of the amounts taken from each.</summary>
    /// <param name="parts">The values.</param>
    /// <param name="amounts">What each sum takes from a value.</param>
    public static RunningSum[] Of<T>(IEnumerable<ChangingValue<T>> parts, params Func<T, decimal>[] amounts)
    {
        var steps = amounts.Select(_ => new List<(DateTimeOffset, decimal)>()).ToArray();
        var (before, cuts) = (new decimal[amounts.Length], new Cuts());
        foreach (var part in parts)
        {
            Array.Clear(before);
            foreach (var instant in cuts.From(part.From).Add(part.Instants).InOrder())
            {
                var value = part.At(instant);
                for (var i = 0; i < amounts.Length; i++)
                {
                    var now = amounts[i](value);
                    if (now != before[i])
                        steps[i].Add((instant, now - before[i]));
                    before[i] = now;
                }
            }
        }

        return [.. steps.Select(s => new RunningSum(s))];
    }

    /// <summary>The sum as of an instant, inclusive.</summary>
    public decimal At(DateTimeOffset instant) => IndexAt(instant) is >= 0 and var index ? _values[index] : 0;

    /// <summary>Since when a value has been reached without a break, as of an instant; null when it is not reached then.</summary>
    public DateTimeOffset? ReachedSince(decimal value, DateTimeOffset instant)
    {
        var index = IndexAt(instant);
        if (index < 0 || _values[index] < value)
            return null;
        while (index > 0 && _values[index - 1] >= value)
            index--;
        return _instants[index];
    }

    private int IndexAt(DateTimeOffset instant)
    {
        var index = Array.BinarySearch(_instants, instant);
        return index >= 0 ? index : ~index - 1;
    }
}

/// <summary>A value over time that changes at no other than certain instants.</summary>
/// <param name="From">The first instant that is looked at.</param>
/// <param name="Instants">Instants at which the value may change, in any order; earlier ones do not matter.</param>
/// <param name="At">The value as of an instant.</param>
public readonly record struct ChangingValue<T>(DateTimeOffset From, IEnumerable<DateTimeOffset> Instants, Func<DateTimeOffset, T> At);
