using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TsPmo.Engine.Sqlite.Migrations
{
    /// <inheritdoc />
    public sealed partial class WriteBack : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Conflict",
                table: "Publications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Creations",
                table: "Publications",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Material",
                table: "Publications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Trouble",
                table: "Publications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Actor",
                table: "PublicationEvents",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Anchor",
                table: "PublicationEvents",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Before",
                table: "PublicationEvents",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Connector",
                table: "PublicationEvents",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "MeasuredAt",
                table: "PublicationEvents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Target",
                table: "PublicationEvents",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Written",
                table: "PublicationEvents",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_PublicationEvents_Connector_Anchor_At",
                table: "PublicationEvents",
                columns: new[] { "Connector", "Anchor", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PublicationEvents_Connector_Anchor_At",
                table: "PublicationEvents");

            migrationBuilder.DropColumn(
                name: "Conflict",
                table: "Publications");

            migrationBuilder.DropColumn(
                name: "Creations",
                table: "Publications");

            migrationBuilder.DropColumn(
                name: "Material",
                table: "Publications");

            migrationBuilder.DropColumn(
                name: "Trouble",
                table: "Publications");

            migrationBuilder.DropColumn(
                name: "Actor",
                table: "PublicationEvents");

            migrationBuilder.DropColumn(
                name: "Anchor",
                table: "PublicationEvents");

            migrationBuilder.DropColumn(
                name: "Before",
                table: "PublicationEvents");

            migrationBuilder.DropColumn(
                name: "Connector",
                table: "PublicationEvents");

            migrationBuilder.DropColumn(
                name: "MeasuredAt",
                table: "PublicationEvents");

            migrationBuilder.DropColumn(
                name: "Target",
                table: "PublicationEvents");

            migrationBuilder.DropColumn(
                name: "Written",
                table: "PublicationEvents");
        }
    }
}
