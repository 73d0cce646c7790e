using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TsPmo.Engine.Sqlite.Migrations
{
    /// <inheritdoc />
    public sealed partial class SprintMovesAndQueries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "SeenSince",
                table: "Sprints",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "FormerSprintDates",
                columns: table => new
                {
                    Connector = table.Column<string>(type: "TEXT", nullable: false),
                    SprintId = table.Column<string>(type: "TEXT", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false),
                    Start = table.Column<long>(type: "INTEGER", nullable: true),
                    End = table.Column<long>(type: "INTEGER", nullable: true),
                    FirstDay = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    LastDay = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FormerSprintDates", x => new { x.Connector, x.SprintId, x.Until });
                });

            migrationBuilder.CreateTable(
                name: "QueryAnswers",
                columns: table => new
                {
                    Connector = table.Column<string>(type: "TEXT", nullable: false),
                    Query = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QueryAnswers", x => new { x.Connector, x.Query });
                });

            migrationBuilder.CreateTable(
                name: "QueryMembers",
                columns: table => new
                {
                    Connector = table.Column<string>(type: "TEXT", nullable: false),
                    Query = table.Column<string>(type: "TEXT", nullable: false),
                    ItemId = table.Column<string>(type: "TEXT", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QueryMembers", x => new { x.Connector, x.Query, x.ItemId, x.Since });
                });

            migrationBuilder.CreateIndex(
                name: "IX_QueryMembers_Connector_ItemId",
                table: "QueryMembers",
                columns: new[] { "Connector", "ItemId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "FormerSprintDates");

            migrationBuilder.DropTable(
                name: "QueryAnswers");

            migrationBuilder.DropTable(
                name: "QueryMembers");

            migrationBuilder.DropColumn(
                name: "SeenSince",
                table: "Sprints");
        }
    }
}
