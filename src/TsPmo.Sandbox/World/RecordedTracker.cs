using System.Text.Json;

namespace TsPmo.Sandbox.World;

/// <summary>Passes every act on to a tracker and writes it into the truth, with the values before it taken from its own account of what happened.</summary>
internal sealed class RecordedTracker(ITracker inner, TruthLog truth, TimeProvider clock, TimeZoneInfo zone, ItemAddresses addresses) : ITracker
{
    public string Name => inner.Name;

    public LiveTracker Live { get; } = new();

    public string AddPerson(PersonSpec person)
    {
        var account = inner.AddPerson(person);
        Live.People[account] = person;
        Write("person", clock.GetUtcNow(), json => TruthLines.Person(json, account, person));
        return account;
    }

    public void RenamePerson(string account, string displayName)
    {
        inner.RenamePerson(account, displayName);
        var person = Live.People[account] with { DisplayName = displayName };
        Live.People[account] = person;
        Write("person", clock.GetUtcNow(), json => TruthLines.Person(json, account, person));
    }

    public void RenameStatus(string from, string to)
    {
        inner.RenameStatus(from, to);
        Write("status-renamed", clock.GetUtcNow(), json => TruthLines.Renamed(json, from, to));
        foreach (var project in Live.RenameStatus(from, to))
            Write("project", clock.GetUtcNow(), json => TruthLines.Project(json, project));
    }

    public void ShowItem(DateTimeOffset at, string author, string itemId, bool visible, HidingWay by)
    {
        inner.ShowItem(at, author, itemId, visible, by);
        Live[itemId].Hidden = !visible;
        Write(visible ? "item-shown" : "item-hidden", at, json => TruthLines.Sight(json, itemId, by));
    }

    public void AddProject(ProjectSpec project)
    {
        inner.AddProject(project);
        Live.Projects[project.Key] = project;
        Write("project", clock.GetUtcNow(), json => TruthLines.Project(json, project));
    }

    public string AddSprint(SprintSpec sprint)
    {
        var id = inner.AddSprint(sprint);
        RecordSprint(id, sprint);
        return id;
    }

    public void ChangeSprint(string sprintId, SprintSpec sprint)
    {
        inner.ChangeSprint(sprintId, sprint);
        RecordSprint(sprintId, sprint);
    }

    public string AddVersion(VersionSpec version)
    {
        var id = inner.AddVersion(version);
        RecordVersion(id, version);
        return id;
    }

    public void ChangeVersion(string versionId, VersionSpec version)
    {
        inner.ChangeVersion(versionId, version);
        RecordVersion(versionId, version);
    }

    public CreatedItem CreateItem(DateTimeOffset at, string author, ItemSpec item)
    {
        var created = inner.CreateItem(at, author, item);
        var live = new LiveItem(created, item, Live.Type(item.Project, item.Type), at);
        Live.Add(live);
        Write("item-created", at, json => TruthLines.Created(json, author, live));
        return created;
    }

    public void ChangeItem(DateTimeOffset at, string author, string itemId, IReadOnlyList<ItemEdit> edits)
    {
        var live = Live[itemId];
        var real = edits.Where(e => !LiveItem.Same(LiveItem.Read(live.Spec, e.Field), e.Value)).ToList();
        if (real.Count == 0) return;
        inner.ChangeItem(at, author, itemId, real);
        var (before, kind, state) = (live.Spec, live.Type.Kind, live.State);
        Adapt(live, real.Aggregate(live.Spec, LiveItem.Apply));
        // Where projects have statuses of their own, a move is to another status even where that is called the same.
        if (HasOwnStatuses(before.Project, live.Spec.Project) && real.TrueForAll(e => e.Field != ItemField.Status)) real.Add(new(ItemField.Status, live.Spec.Status));
        Write("item-changed", at, json => TruthLines.Changed(json, author, live, before, kind, state, real));
    }

    public void DeleteItem(DateTimeOffset at, string author, string itemId)
    {
        inner.DeleteItem(at, author, itemId);
        var live = Live[itemId];
        Bury(live);
        Write("item-deleted", at, json => TruthLines.Author(json, author, itemId));
    }

    public void RestoreItem(DateTimeOffset at, string author, string itemId)
    {
        inner.RestoreItem(at, author, itemId);
        var live = Live[itemId];
        live.Deleted = false;
        Live.Adopt(live.Spec.Parent, 1);
        Write("item-restored", at, json => TruthLines.Author(json, author, itemId));
    }

    public void DestroyItem(DateTimeOffset at, string author, string itemId)
    {
        inner.DestroyItem(at, author, itemId);
        var live = Live[itemId];
        if (!live.Deleted) Bury(live);
        live.Destroyed = true;
        Write("item-destroyed", at, json => TruthLines.Author(json, author, itemId));
    }

    public string LogWork(DateTimeOffset at, string author, string itemId, DateTimeOffset started, double hours)
    {
        var entry = inner.LogWork(at, author, itemId, started, hours);
        Live.Work[entry] = new LoggedWork(itemId, author, hours);
        RecordWork("work-logged", at, author, itemId, entry, started, hours);
        return entry;
    }

    public void DeleteWork(DateTimeOffset at, string author, string timeEntryId)
    {
        inner.DeleteWork(at, author, timeEntryId);
        Live.Work.Remove(timeEntryId, out var work);
        if (work is not null) RecordWork("work-removed", at, author, work.Item, timeEntryId, null, -work.Hours);
    }

    public void AddLink(DateTimeOffset at, string author, LinkSpec link)
    {
        inner.AddLink(at, author, link);
        Live.Links.Add(link);
        RecordLink("link", at, author, link);
    }

    public void RemoveLink(DateTimeOffset at, string author, LinkSpec link)
    {
        inner.RemoveLink(at, author, link);
        Live.Links.Remove(link);
        RecordLink("link-removed", at, author, link);
    }

    public string AddDeployment(DeploymentSpec deployment)
    {
        var change = Live.ChangeOf(deployment);
        var id = inner.AddDeployment(deployment with { Change = change });
        Live.Deployments.Add(deployment);
        Write("deployment", deployment.FinishedAt ?? deployment.StartedAt, json => TruthLines.Deployment(json, id, deployment, change));
        return id;
    }

    public void SetCapacity(CapacitySpec capacity)
    {
        inner.SetCapacity(capacity);
        Write("capacity", clock.GetUtcNow(), json => TruthLines.Capacity(json, capacity));
    }

    private void Bury(LiveItem live)
    {
        live.Deleted = true;
        live.HadLinks = Live.Links.RemoveWhere(l => l.FromId == live.Id || l.ToId == live.Id) > 0;
        Live.Adopt(live.Spec.Parent, -1);
    }

    private void Adapt(LiveItem live, ItemSpec after)
    {
        if (after.Project != live.Spec.Project) Live.Rekey(live, after.Project);
        if (after.Parent != live.Spec.Parent)
        {
            Live.Adopt(live.Spec.Parent, -1);
            Live.Adopt(after.Parent, 1);
        }

        live.Spec = after;
        live.Type = Live.Type(after.Project, after.Type);
    }

    private bool HasOwnStatuses(string from, string to) => from != to && (Live.Projects[from].TeamManaged || Live.Projects[to].TeamManaged);

    private void RecordSprint(string id, SprintSpec sprint)
    {
        Live.Sprints[id] = sprint;
        Write("sprint", clock.GetUtcNow(), json => TruthLines.Sprint(json, id, sprint));
    }

    private void RecordVersion(string id, VersionSpec version)
    {
        Live.Versions[id] = version;
        Write("version", clock.GetUtcNow(), json => TruthLines.Version(json, id, version));
    }

    private void RecordWork(string act, DateTimeOffset at, string author, string itemId, string entry, DateTimeOffset? started, double hours)
    {
        var live = Live[itemId];
        var (spent, remaining) = (live.SpentHours, live.Spec.RemainingHours);
        live.SpentHours = Math.Round((spent ?? 0) + hours, 2);
        if (remaining is { } left) live.Spec = live.Spec with { RemainingHours = Math.Max(0, Math.Round(left - hours, 2)) };
        var day = started is { } begun ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(begun, zone).DateTime) : (DateOnly?)null;
        Write(act, at, json => TruthLines.Work(json, author, live, entry, started, day, hours, spent, remaining));
    }

    private void RecordLink(string act, DateTimeOffset at, string author, LinkSpec link)
    {
        var target = link.ToId is { } id ? $"{Name}:{id}" : addresses.Resolve(link.ToUrl ?? "");
        Write(act, at, json => TruthLines.Link(json, author, link, target));
    }

    private void Write(string act, DateTimeOffset at, Action<Utf8JsonWriter> members) => truth.Write(json =>
    {
        json.WriteString("act", act);
        json.WriteString("tracker", Name);
        TruthFields.Instant(json, "at", at);
        members(json);
    });
}
