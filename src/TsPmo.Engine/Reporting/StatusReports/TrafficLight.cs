using TsPmo.Model.Measuring;

namespace TsPmo.Engine.Reporting.StatusReports;

/// <summary>The traffic light of a project as far as it is measured: schedule by SPI(t); cost is not measured, and what is unknown never counts as green.</summary>
internal static class TrafficLight
{
    /// <summary>Colour of the schedule; grey where it is unknown.</summary>
    public static Band Schedule(MetricResult? index) => (index as Measurement)?.Band ?? Band.Grey;

    /// <summary>The worst of schedule and cost, where an unknown one caps the whole at amber.</summary>
    public static Band Overall(Band schedule) => schedule == Band.Green ? Band.Amber : schedule;

    /// <summary>The overall colour with its reason.</summary>
    public static string Words(Band schedule) => schedule == Band.Grey
        ? "grey: neither schedule nor cost can be judged"
        : $"{Wording.Word(Overall(schedule))}: schedule {Wording.Word(schedule)}, cost not measured";
}
