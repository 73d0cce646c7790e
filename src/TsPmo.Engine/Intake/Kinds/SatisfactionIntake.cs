using TsPmo.Engine.Storage.Rows;

namespace TsPmo.Engine.Intake.Kinds;

/// <summary>Answers to satisfaction surveys, from 1 to 5; an empty score is a survey that was not answered. Nobody's name is asked for or kept.</summary>
internal sealed class SatisfactionIntake() : IntakeKind<SurveyResponseRow>("satisfaction", "id", "project", "at", "score", "survey")
{
    public override object Judge(IntakeRow row, IntakeRules rules)
    {
        var at = rules.Past(row, "at");
        if (at is null && row.Text("at") is null)
            row.Needed("at");
        return new SurveyResponseRow
        {
            Id = row.Needed("id"),
            Project = rules.Project(row),
            At = at?.ToUnixTimeMilliseconds() ?? 0,
            Score = row.Whole("score", 1, 5),
            Survey = row.Text("survey"),
        };
    }
}
