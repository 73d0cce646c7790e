using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TsPmo.Engine.Sqlite.Migrations
{
    /// <inheritdoc />
    public sealed partial class Weeks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Window",
                table: "Measurements",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.Sql("UPDATE Measurements SET Window = WindowFirst || '/' || WindowLast WHERE WindowFirst IS NOT NULL AND WindowLast IS NOT NULL");

            migrationBuilder.DropPrimaryKey(
                name: "PK_Measurements",
                table: "Measurements");

            migrationBuilder.DropColumn(
                name: "WindowFirst",
                table: "Measurements");

            migrationBuilder.DropColumn(
                name: "WindowLast",
                table: "Measurements");

            migrationBuilder.AddPrimaryKey(
                name: "PK_Measurements",
                table: "Measurements",
                columns: new[] { "Project", "Metric", "Subject", "Window", "AsOf" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "WindowFirst",
                table: "Measurements",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "WindowLast",
                table: "Measurements",
                type: "TEXT",
                nullable: true);

            migrationBuilder.Sql("UPDATE Measurements SET WindowFirst = substr(Window, 1, 10), WindowLast = substr(Window, 12) WHERE Window <> ''");

            // Of several weeks of one subject the former key has room for the first.
            migrationBuilder.Sql("DELETE FROM Measurements WHERE rowid NOT IN (SELECT min(rowid) FROM Measurements GROUP BY Project, Metric, Subject, AsOf)");

            migrationBuilder.DropPrimaryKey(
                name: "PK_Measurements",
                table: "Measurements");

            migrationBuilder.DropColumn(
                name: "Window",
                table: "Measurements");

            migrationBuilder.AddPrimaryKey(
                name: "PK_Measurements",
                table: "Measurements",
                columns: new[] { "Project", "Metric", "Subject", "AsOf" });
        }
    }
}
