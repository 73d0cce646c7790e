using TsPmo.Sandbox.AzureDevOps.State;

namespace TsPmo.Sandbox.AzureDevOps.Wire;

/// <summary>How people are told in fields.</summary>
internal enum IdentityForm
{
    Objects,
    Text,
}

/// <summary>Revisions as the wire shows them.</summary>
internal sealed record WorkItemWriter(AzureDevOpsOrganisation Organisation, Links Links)
{
    /// <summary>An item with the chosen fields, or all of them; relations only where asked for.</summary>
    public object Item(Revision revision, IReadOnlyCollection<string>? fields, bool relations, bool links)
    {
        var project = Organisation.Project(revision.Text(FieldNames.TeamProject));
        return new
        {
            id = revision.Item.Id,
            rev = revision.Rev,
            fields = Fields(revision, fields, Organisation.Switches.IdentitiesAsText ? IdentityForm.Text : IdentityForm.Objects, longText: true),
            relations = relations && revision.Relations.Length > 0 ? Relations(revision.Relations) : null,
            _links = links ? new { self = new { href = Links.WorkItem(revision.Item.Id) }, html = new { href = HtmlAddress(project, revision.Item.Id) } } : null,
            url = $"{Links.In(project)}/wit/workItems/{revision.Item.Id}",
        };
    }

    public string HtmlAddress(TeamProject project, int id) => $"{Links.Base}/{Uri.EscapeDataString(project.Name)}/_workitems/edit/{id}";

    /// <summary>Fields by reference name in ordinal order; empty ones are absent.</summary>
    public Dictionary<string, object> Fields(Revision revision, IReadOnlyCollection<string>? chosen, IdentityForm identities, bool longText)
    {
        var fields = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in revision.Fields)
            if (chosen is null ? longText || FieldCatalogue.Find(name) is not { IsLongText: true } || name == FieldNames.Tags : chosen.Contains(name))
                fields[name] = Value(value, identities);
        if (chosen is null || chosen.Contains(FieldNames.RevisedDate))
            fields[FieldNames.RevisedDate] = WireDate.Write(revision.Item.RevisedAt(revision));
        return fields;
    }

    public object Value(object value, IdentityForm identities = IdentityForm.Objects) => value switch
    {
        DateTimeOffset at => WireDate.Write(at),
        Identity person => identities == IdentityForm.Text ? person.CombinedName : Links.Identity(person),
        _ => value,
    };

    public IReadOnlyList<object> Relations(IEnumerable<Relation> relations) => [.. relations.Select(Relation)];

    public object Relation(Relation relation)
    {
        if (relation.Target is { } target)
            return new { rel = relation.Rel, url = Links.WorkItem(target), attributes = new { isLocked = false, comment = relation.Comment, name = LinkTypes.Find(relation.Rel)?.Name } };
        var since = WireDate.Write(relation.Since);
        return new
        {
            rel = relation.Rel,
            url = relation.Url,
            attributes = new
            {
                authorizedDate = since,
                id = relation.Id,
                resourceCreatedDate = since,
                resourceModifiedDate = since,
                revisedDate = WireDate.Write(WireDate.OpenEnd),
                comment = relation.Comment,
            },
        };
    }
}
