using TsPmo.Model.Work;

namespace TsPmo.Model.Quality;

/// <summary>One satisfaction survey about a project.</summary>
/// <param name="Id">Which.</param>
/// <param name="At">When it was answered, or given up; UTC.</param>
/// <param name="Score">1 (worst) to 5 (best); null: it was not answered.</param>
/// <param name="Survey">The survey it belongs to; null where not told.</param>
public sealed record SurveyResponse(SourceId Id, DateTimeOffset At, int? Score, string? Survey);
