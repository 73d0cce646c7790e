using TsPmo.Sandbox.Hosting;
using static TsPmo.Sandbox.Hosting.TrackerKind;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>The projects of each portfolio.</summary>
internal static class ProjectSetups
{
    private static IReadOnlyList<ProjectSetup> Mixed { get; } =
    [
        new("PAYMENTS", "Payments re-platform", "Scrum", -46, 12, 0.76, 820_000, [
            new(JiraCloud, "PAY", "Payments", 0.7),
            new(TrackerKind.AzureDevOps, "Payments", "Payments", 0.6, "Agile", "Core") { Deploys = "environment" }]) { Dated = 0.9 },
        new("WEBSHOP", "Web shop renewal", "Scrum", -50, 6, 0.80, 540_000, [new(JiraCloud, "WEB", "Web shop", 1) { TeamManaged = true }]),
        new("MOBILE", "Mobile banking app", "Scrum", -36, 20, 0.74, 610_000, [new(JiraCloud, "MOB", "Mobile app", 1)]) { Dated = 0.92 },
        new("LEDGER", "General ledger migration", "Scrum", -48, -5, 0.70, 930_000, [new(JiraDataCenter, "LED", "Ledger", 1)]) { Dated = 0.88 },
        new("OPERATIONS", "Operations desk", "Kanban", -52, 26, 0.84, 300_000, [new(JiraDataCenter, "OPS", "Operations", 1.1)]) { KnownAtStart = 0.2, Dated = 0.3, Unestimated = 0.5 },
        new("RELOCATION", "Data centre relocation", "Waterfall", -44, 8, 0.78, 1_250_000, [new(JiraDataCenter, "MOVE", "Data centre move", 0.8)]) { KnownAtStart = 0.9, Dated = 1, Unestimated = 0.3 },
        new("CRM", "Customer relations platform", "Scrum", -40, 10, 0.72, 480_000, [new(TrackerKind.AzureDevOps, "CRM", "CRM", 1, "Scrum", "Sales") { Deploys = "release" }]),
        new("PORTAL", "Supplier portal", "Scrum", -51, -16, 1, 390_000, [new(TrackerKind.AzureDevOps, "Portal", "Portal", 0.8, "Agile", "Suppliers") { Deploys = "environment" }]) { CloseWeek = -6, Dated = 0.9 },
        new("IDENTITY", "Identity and access", "Scrum", -42, 14, 0.66, 700_000, [
            new(JiraDataCenter, "IAM", "Identity", 0.6),
            new(TrackerKind.AzureDevOps, "Platform", "Platform", 0.5, "Scrum", "Identity") { Deploys = "environment" }]),
        new("INSIGHTS", "Data insights", "Scrum", -34, 18, 0.62, 450_000, [
            new(JiraCloud, "DAT", "Data insights", 0.6),
            new(TrackerKind.AzureDevOps, "Platform", "Platform", 0.4, "Scrum", "Data")]),
        new("LOGISTICS", "Logistics control", "Hybrid", -45, 9, 0.52, 880_000, [new(TrackerKind.AzureDevOps, "Logistics", "Logistics", 0.9, "CMMI", "Control") { Deploys = "release" }]) { Dated = 0.85 },
        new("WORKPLACE", "Modern workplace", "Scrum", -30, 8, 0.55, 120_000, [new(TrackerKind.AzureDevOps, "Workplace", "Workplace", 0.5, "Basic", "Devices")]) { Planned = false, Unestimated = 0.45, Dated = 0 },
    ];

    /// <summary>Two PMO projects share a project of the organisation, each with a team of its own there.</summary>
    private static IReadOnlyList<ProjectSetup> Organisation { get; } =
    [
        new("PAYMENTS", "Payments re-platform", "Scrum", -46, 12, 0.76, 820_000, [Stream("Payments", 1, "Agile", "Core", "environment")]) { Dated = 0.9 },
        new("CARDS", "Card services", "Scrum", -40, 16, 0.7, 410_000, [Stream("Payments", 0.6, "Agile", "Cards")]),
        new("PORTAL", "Supplier portal", "Scrum", -51, -16, 1, 390_000, [Stream("Portal", 0.8, "Agile", "Suppliers")]) { CloseWeek = -6, Dated = 0.9 },
        new("RETAIL", "Retail counter", "Kanban", -30, 22, 0.6, 260_000, [Stream("Retail", 0.8, "Agile", "Counter")]) { KnownAtStart = 0.2, Unestimated = 0.4 },
        new("CRM", "Customer relations platform", "Scrum", -40, 10, 0.72, 480_000, [Stream("CRM", 1, "Scrum", "Sales", "release")]),
        new("IDENTITY", "Identity and access", "Scrum", -42, 14, 0.66, 700_000, [Stream("Identity", 1, "Scrum", "Access")]),
        new("INSIGHTS", "Data insights", "Scrum", -34, 18, 0.62, 450_000, [Stream("Insights", 0.7, "Scrum", "Data")]),
        new("LOGISTICS", "Logistics control", "Hybrid", -45, 9, 0.52, 880_000, [Stream("Logistics", 0.9, "CMMI", "Control", "release")]) { Dated = 0.85 },
        new("CLAIMS", "Claims handling", "Scrum", -38, 12, 0.64, 530_000, [Stream("Claims", 0.9, "CMMI", "Claims", "environment")]),
        new("RELOCATION", "Data centre relocation", "Waterfall", -44, 8, 0.78, 1_250_000, [Stream("Move", 0.7, "CMMI", "Racks")]) { KnownAtStart = 0.9, Dated = 1, Unestimated = 0.3 },
        new("WORKPLACE", "Modern workplace", "Scrum", -30, 8, 0.55, 120_000, [Stream("Workplace", 0.6, "Basic", "Devices")]) { Planned = false, Unestimated = 0.45, Dated = 0 },
        new("CAMPUS", "Campus network", "Scrum", -36, 10, 0.7, 210_000, [Stream("Campus", 0.5, "Basic", "Network")]),
        new("HELPDESK", "Service desk renewal", "Kanban", -28, 20, 0.6, 90_000, [Stream("Desk", 0.5, "Basic", "Desk")]) { Unestimated = 0.5 },
    ];

    public static IReadOnlyList<ProjectSetup> Of(PortfolioShape shape) => shape == PortfolioShape.Organisation ? Organisation : Mixed;

    private static StreamSetup Stream(string project, double share, string process, string team, string? deploys = null) =>
        new(TrackerKind.AzureDevOps, project, project, share, process, team) { Deploys = deploys };
}
