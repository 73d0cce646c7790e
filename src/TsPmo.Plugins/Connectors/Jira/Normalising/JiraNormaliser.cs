using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Normalising;

/// <summary>Understands the records of Jira.</summary>
internal sealed class JiraNormaliser : INormaliser
{
    public Normalised Normalise(SourceRecord record)
    {
        try
        {
            return Understand(record) ?? new([], NotUnderstood(record, "something it needs is missing"));
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            return new([], NotUnderstood(record, "its text is damaged"));
        }
    }

    /// <summary>The problem of a record, or of a part of it.</summary>
    public static Problem NotUnderstood(SourceRecord record, string why) => new(
        "record-not-understood",
        $"The {record.Kind} {record.Id} could not be understood: {why}.",
        "It is kept in quarantine and tried again when the tracker sends it anew; report it if it stays.") { Scope = record.Id };

    private static Normalised? Understand(SourceRecord record)
    {
        var body = record.Body;
        return record.Kind switch
        {
            RecordKinds.Issue => IssueFacts.Read(record),
            RecordKinds.RemoteLinks => LinkFacts.WhyNone(body) is { } why ? new([], NotUnderstood(record, why)) : One(LinkFacts.Outside(record.Id, body)),
            RecordKinds.Fields => new(CatalogueFacts.Roles(body)),
            RecordKinds.Estimation => new(CatalogueFacts.Estimation(body)),
            RecordKinds.ServiceDeskTypes => new(CatalogueFacts.ServiceDeskTypes(body)),
            RecordKinds.Status => CatalogueFacts.Statuses(body) is { Count: > 0 } states ? new(states) : null,
            RecordKinds.Type => One(CatalogueFacts.Type(body)),
            RecordKinds.Version => One(PlanFacts.Version(body)),
            RecordKinds.VersionsOfProject => One(PlanFacts.Versions(body)),
            RecordKinds.Sprint => One(PlanFacts.Sprint(body)),
            RecordKinds.Person => One(WorkFacts.Person(body)),
            RecordKinds.Worklog => One(WorkFacts.TimeEntry(body)),
            RecordKinds.WorklogRemoved => One(body.Text("worklogId") is { } id ? new TimeEntryRemoved(id) : null),
            _ => null,
        };
    }

    private static Normalised? One(Fact? fact) => fact is null ? null : new([fact]);
}
