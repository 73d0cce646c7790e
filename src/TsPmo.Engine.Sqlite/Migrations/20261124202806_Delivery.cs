using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TsPmo.Engine.Sqlite.Migrations
{
    /// <inheritdoc />
    public sealed partial class Delivery : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Branch",
                table: "PipelineRuns",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "DeploymentJobs",
                columns: table => new
                {
                    Connector = table.Column<string>(type: "TEXT", nullable: false),
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    DeploymentId = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    Project = table.Column<string>(type: "TEXT", nullable: false),
                    Environment = table.Column<string>(type: "TEXT", nullable: false),
                    Pipeline = table.Column<string>(type: "TEXT", nullable: false),
                    StageAttempt = table.Column<int>(type: "INTEGER", nullable: false),
                    Job = table.Column<string>(type: "TEXT", nullable: false),
                    JobAttempt = table.Column<int>(type: "INTEGER", nullable: false),
                    Result = table.Column<string>(type: "TEXT", nullable: true),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Url = table.Column<string>(type: "TEXT", nullable: true),
                    RunId = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeploymentJobs", x => new { x.Connector, x.Id });
                });

            migrationBuilder.CreateTable(
                name: "PullRequests",
                columns: table => new
                {
                    Connector = table.Column<string>(type: "TEXT", nullable: false),
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    Project = table.Column<string>(type: "TEXT", nullable: false),
                    Repository = table.Column<string>(type: "TEXT", nullable: false),
                    Author = table.Column<string>(type: "TEXT", nullable: true),
                    TargetBranch = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    MergedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    MergeRevision = table.Column<string>(type: "TEXT", nullable: true),
                    FirstCommitAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WorkItems = table.Column<string>(type: "TEXT", nullable: false),
                    Url = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PullRequests", x => new { x.Connector, x.Id });
                });

            migrationBuilder.CreateTable(
                name: "RunChanges",
                columns: table => new
                {
                    Connector = table.Column<string>(type: "TEXT", nullable: false),
                    RunId = table.Column<string>(type: "TEXT", nullable: false),
                    Project = table.Column<string>(type: "TEXT", nullable: false),
                    Commits = table.Column<string>(type: "TEXT", nullable: false),
                    WorkItems = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RunChanges", x => new { x.Connector, x.RunId });
                });

            migrationBuilder.CreateTable(
                name: "RunQuality",
                columns: table => new
                {
                    Connector = table.Column<string>(type: "TEXT", nullable: false),
                    RunId = table.Column<string>(type: "TEXT", nullable: false),
                    Project = table.Column<string>(type: "TEXT", nullable: false),
                    Passed = table.Column<long>(type: "INTEGER", nullable: true),
                    Failed = table.Column<long>(type: "INTEGER", nullable: true),
                    Other = table.Column<long>(type: "INTEGER", nullable: true),
                    CoveredLines = table.Column<long>(type: "INTEGER", nullable: true),
                    CoverableLines = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RunQuality", x => new { x.Connector, x.RunId });
                });

            migrationBuilder.CreateIndex(
                name: "IX_DeploymentJobs_Connector_Project",
                table: "DeploymentJobs",
                columns: new[] { "Connector", "Project" });

            migrationBuilder.CreateIndex(
                name: "IX_PullRequests_Connector_Project",
                table: "PullRequests",
                columns: new[] { "Connector", "Project" });

            migrationBuilder.CreateIndex(
                name: "IX_RunChanges_Connector_Project",
                table: "RunChanges",
                columns: new[] { "Connector", "Project" });

            migrationBuilder.CreateIndex(
                name: "IX_RunQuality_Connector_Project",
                table: "RunQuality",
                columns: new[] { "Connector", "Project" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "DeploymentJobs");

            migrationBuilder.DropTable(
                name: "PullRequests");

            migrationBuilder.DropTable(
                name: "RunChanges");

            migrationBuilder.DropTable(
                name: "RunQuality");

            migrationBuilder.DropColumn(
                name: "Branch",
                table: "PipelineRuns");
        }
    }
}
