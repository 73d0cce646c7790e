using System.Text.Json;
using System.Text.Json.Serialization;
using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Calendar;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Storage.Ledgers;

/// <summary>The form in which the content of a baseline is kept: everything that its figures go by, so that no later setting changes it.</summary>
internal sealed record BaselineContent
{
    public required string Unit { get; init; }

    public required DateOnly FirstDay { get; init; }

    public DateOnly? SpreadFirst { get; init; }

    public DateOnly? SpreadLast { get; init; }

    public required bool IsPhased { get; init; }

    public required string Zone { get; init; }

    public required IReadOnlyList<string> WorkingDays { get; init; }

    public required IReadOnlyList<DateOnly> Holidays { get; init; }

    public required IReadOnlyList<KeptItem> Items { get; init; }

    public required IReadOnlyList<Finding> Warnings { get; init; }

    public static BaselineRow Write(string project, Baseline baseline) => new()
    {
        Project = project,
        Id = baseline.Id,
        CapturedAt = baseline.CapturedAt.ToUnixTimeMilliseconds(),
        Reason = baseline.Reason,
        ApprovedBy = baseline.ApprovedBy ?? "",
        Content = JsonSerializer.Serialize(Of(baseline), BaselineJson.Default.BaselineContent),
    };

    public static Baseline Read(BaselineRow row)
    {
        var content = JsonSerializer.Deserialize(row.Content, BaselineJson.Default.BaselineContent) ?? throw new InvalidOperationException("A kept baseline has no content.");
        return new Baseline
        {
            Id = row.Id,
            CapturedAt = Instants.FromRow(row.CapturedAt),
            Reason = row.Reason,
            ApprovedBy = row.ApprovedBy,
            Unit = Enum.Parse<WeightUnit>(content.Unit),
            Items = [.. content.Items.Select(i => i.ToItem())],
            FirstDay = content.FirstDay,
            Spread = content is { SpreadFirst: { } first, SpreadLast: { } last } ? new DateWindow(first, last) : null,
            IsPhased = content.IsPhased,
            Calendar = new WorkingCalendar(TimeZoneInfo.FindSystemTimeZoneById(content.Zone), content.WorkingDays.Select(Enum.Parse<DayOfWeek>), content.Holidays),
            Warnings = content.Warnings,
        };
    }

    private static BaselineContent Of(Baseline baseline) => new()
    {
        Unit = baseline.Unit.ToString(),
        FirstDay = baseline.FirstDay,
        SpreadFirst = baseline.Spread?.First,
        SpreadLast = baseline.Spread?.Last,
        IsPhased = baseline.IsPhased,
        Zone = baseline.Calendar.Zone.Id,
        WorkingDays = [.. baseline.Calendar.WorkingDays.Select(d => d.ToString())],
        Holidays = baseline.Calendar.Holidays,
        Items = [.. baseline.Items.Select(KeptItem.Of)],
        Warnings = baseline.Warnings,
    };
}

/// <summary>One item of a kept baseline.</summary>
internal sealed record KeptItem(string Connector, string Id, decimal Weight, DateOnly? Start, DateOnly? Finish, string DateSource, string Accrual)
{
    public static KeptItem Of(BaselineItem item) =>
        new(item.Id.Connector, item.Id.Id, item.Weight, item.Start, item.Finish, item.DateSource.ToString(), item.Accrual.ToString());

    public BaselineItem ToItem() =>
        new(new SourceId(Connector, Id), Weight, Start, Finish, Enum.Parse<DateSource>(DateSource), Enum.Parse<Accrual>(Accrual));
}

/// <summary>How it is written.</summary>
[JsonSerializable(typeof(BaselineContent))]
internal sealed partial class BaselineJson : JsonSerializerContext;
