using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>Promised content or date.</summary>
/// <param name="Id">Connector and id.</param>
/// <param name="Project">The tracker's project.</param>
/// <param name="Name">Name.</param>
/// <param name="Kind">version, or planned for a date named in the project's plan.</param>
/// <param name="Start">Start date.</param>
/// <param name="Date">Promised date.</param>
/// <param name="Released">Whether it is out.</param>
/// <param name="ReleasedAt">The day it came out, as the tracker tells it.</param>
public sealed record Milestone(SourceId Id, string Project, string Name, string Kind, DateOnly? Start, DateOnly? Date, bool Released, DateOnly? ReleasedAt);
