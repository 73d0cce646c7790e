using TsPmo.Model.Facts;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Tests.Fixtures;

/// <summary>Facts with everything filled in that a test does not care for.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Day(double days) => Start.AddDays(days);

    public static WorkItemFact Item(string id, long version = 1, params (string Field, string? Value)[] values) => new()
    {
        Id = id,
        Version = version,
        Key = $"PAY-{id}",
        Url = $"https://tracker.example/browse/PAY-{id}",
        Title = $"Item {id}",
        Created = Start,
        Updated = Start.AddHours(version),
        Reporter = "rea",
        Values = Values([(RawFields.Project, "PAY"), (RawFields.Status, "Open"), (RawFields.Type, "Story"), .. values]),
    };

    public static WorkItemEvent Delta(string item, long id, double day, params (string Field, string? From, string? To)[] changes) => new()
    {
        ItemId = item,
        EventId = id,
        At = Day(day),
        Author = "ada",
        IsSnapshot = false,
        Values = changes.ToDictionary(c => c.Field, c => new RawChange(new RawValue(c.From), new RawValue(c.To)), StringComparer.Ordinal),
    };

    public static WorkItemEvent Revision(string item, long id, double day, params (string Field, string? Value)[] values) => new()
    {
        ItemId = item,
        EventId = id,
        At = Day(day),
        Author = "ada",
        IsSnapshot = true,
        Values = values.Where(v => v.Value is not null).ToDictionary(v => v.Field, v => new RawChange(RawValue.None, new RawValue(v.Value)), StringComparer.Ordinal),
    };

    public static Dictionary<string, RawValue> Values(params (string Field, string? Value)[] values)
    {
        var result = new Dictionary<string, RawValue>(StringComparer.Ordinal);
        foreach (var (field, value) in values)
            result[field] = new RawValue(value);
        return result;
    }
}
