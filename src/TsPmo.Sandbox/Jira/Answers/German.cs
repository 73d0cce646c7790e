namespace TsPmo.Sandbox.Jira.Answers;

/// <summary>The words of a German site. What a team named itself is in no list and stays as it is.</summary>
internal static class German
{
    private static readonly Dictionary<string, string> _words = new(StringComparer.Ordinal)
    {
        ["To Do"] = "Zu erledigen", ["In Progress"] = "In Arbeit", ["In Review"] = "In Prüfung", ["Done"] = "Fertig", ["Backlog"] = "Rückstand", ["Open"] = "Offen", ["Closed"] = "Geschlossen",
        ["No Category"] = "Keine Kategorie", ["Epic"] = "Epos", ["Story"] = "Geschichte", ["Task"] = "Aufgabe", ["Sub-task"] = "Unteraufgabe", ["Bug"] = "Fehler",
        ["Incident"] = "Vorfall", ["Risk"] = "Risiko", ["Highest"] = "Höchste", ["High"] = "Hoch", ["Medium"] = "Mittel", ["Low"] = "Niedrig", ["Lowest"] = "Niedrigste",
        ["Won't Do"] = "Wird nicht erledigt", ["Duplicate"] = "Duplikat", ["Cannot Reproduce"] = "Nicht reproduzierbar", ["Summary"] = "Zusammenfassung", ["Priority"] = "Priorität",
        ["Start date"] = "Startdatum", ["Due date"] = "Fälligkeitsdatum", ["Flagged"] = "Markiert", ["Epic Link"] = "Epos-Verknüpfung", ["Rank"] = "Rang", ["Story point estimate"] = "Story-Point-Schätzung",
        ["Request Type"] = "Anfragetyp", ["Blocks"] = "Blockiert", ["blocks"] = "blockiert", ["is blocked by"] = "wird blockiert durch",
        ["project"] = "Projekt", ["Key"] = "Schlüssel", ["status"] = "Status", ["priority"] = "Priorität", ["assignee"] = "Zugewiesene Person", ["summary"] = "Zusammenfassung",
        ["issuetype"] = "Vorgangstyp", ["resolution"] = "Lösung", ["labels"] = "Stichwörter", ["duedate"] = "Fälligkeitsdatum",
    };

    public static string Of(string english) => _words.GetValueOrDefault(english, english);
}
