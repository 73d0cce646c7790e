using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TsPmo.Engine.Sqlite.Migrations
{
    /// <inheritdoc />
    public sealed partial class Baselines : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "SeenSince",
                table: "Milestones",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Baselines",
                columns: table => new
                {
                    Project = table.Column<string>(type: "TEXT", nullable: false),
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    CapturedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    ApprovedBy = table.Column<string>(type: "TEXT", nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Baselines", x => new { x.Project, x.Id });
                });

            migrationBuilder.CreateTable(
                name: "FormerMilestoneDates",
                columns: table => new
                {
                    Connector = table.Column<string>(type: "TEXT", nullable: false),
                    MilestoneId = table.Column<string>(type: "TEXT", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false),
                    Date = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FormerMilestoneDates", x => new { x.Connector, x.MilestoneId, x.Until });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Baselines");

            migrationBuilder.DropTable(
                name: "FormerMilestoneDates");

            migrationBuilder.DropColumn(
                name: "SeenSince",
                table: "Milestones");
        }
    }
}
