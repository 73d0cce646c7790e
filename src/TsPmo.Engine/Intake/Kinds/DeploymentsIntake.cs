using TsPmo.Engine.History.Deployments;
using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Delivery;

namespace TsPmo.Engine.Intake.Kinds;

/// <summary>Deployments that a build system reports. Whether they reached production is said by the project's rules, as of all others.</summary>
internal sealed class DeploymentsIntake() : IntakeKind<DeploymentRow>(
    "deployments",
    "id", "project", "environment", "result", "startedAt", "finishedAt", "pipeline", "revision", "url", "connector", "environmentKind", "source", "reason")
{
    public override object Judge(IntakeRow row, IntakeRules rules)
    {
        var (result, started, finished) = (row.Named<DeploymentResult>("result"), rules.Past(row, "startedAt"), rules.Past(row, "finishedAt"));
        var isRunning = result == DeploymentResult.Running;
        if (!isRunning && finished is null && row.Text("finishedAt") is null && row.Text("result") is not null)
            row.Refuse("finishedAt is missing", "give finishedAt of everything that is not running");
        if (finished < started)
            row.Refuse("finishedAt lies before startedAt", "give them the right way round");
        return new DeploymentRow
        {
            Connector = ReportedRows.Connector,
            Id = row.Needed("id"),
            // A late report of the start must not undo the report of the end.
            Version = isRunning ? 0 : 1,
            Project = rules.Project(row),
            Environment = row.Needed("environment"),
            Pipeline = row.Text("pipeline") ?? "",
            Source = DeploymentSource.Reported,
            Result = result,
            StartedAt = Instants.ToRow(started),
            FinishedAt = isRunning ? null : Instants.ToRow(finished),
            Revision = row.Text("revision"),
            Url = row.Address("url"),
        };
    }
}
