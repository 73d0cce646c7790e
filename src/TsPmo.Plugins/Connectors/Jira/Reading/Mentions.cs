using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>
/// People, statuses and types that turn up in records, each told once per reading. A person is told again when an e-mail shows that was
/// missing before: histories of Data Center leave it out. The session learns which sprints and accounts were met.
/// </summary>
internal sealed class Mentions(JiraSession session)
{
    private readonly Dictionary<string, bool> _people = new(StringComparer.Ordinal);
    private readonly HashSet<string> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceRecord> _fresh = new(StringComparer.Ordinal);

    /// <summary>Looks through the record of an issue.</summary>
    public void In(JsonElement record)
    {
        var fields = record.Member("issue").Member("fields");
        Person(fields.Member("assignee"));
        Person(fields.Member("reporter"));
        Definition(RecordKinds.Status, fields.Member("status"));
        Definition(RecordKinds.Type, fields.Member("issuetype"));
        foreach (var field in session.Fields.Sprint)
            session.Sprints.In(fields.Member(field));
        foreach (var history in record.Items("histories"))
            Person(history.Member("author"));
    }

    /// <summary>Whether a user need not be told any more; nobody is told as nobody.</summary>
    public bool Knows(JsonElement user) => JiraAccount.Of(user) is not { } account || _people.ContainsKey(account);

    /// <summary>Notes a user.</summary>
    public void Person(JsonElement user)
    {
        if (JiraAccount.Of(user) is not { } account)
            return;
        var hasEmail = user.Text("emailAddress") is { Length: > 0 };
        if (_people.TryGetValue(account, out var known) && (known || !hasEmail))
            return;
        _people[account] = hasEmail;
        session.Accounts.Add(account);
        _fresh["person/" + account] = new(RecordKinds.Person, account, user, default);
    }

    /// <summary>What is new since the last call.</summary>
    public IReadOnlyList<SourceRecord> Take()
    {
        var fresh = _fresh.Values.ToList();
        _fresh.Clear();
        return fresh;
    }

    private void Definition(string kind, JsonElement element)
    {
        if (element.Text("id") is { } id && _definitions.Add($"{kind}/{id}/{element.Text("name")}"))
            _fresh[$"{kind}/{id}"] = new(kind, id, element, default);
    }
}
