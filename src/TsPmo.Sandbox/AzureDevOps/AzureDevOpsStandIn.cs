using Microsoft.AspNetCore.Routing;
using TsPmo.Sandbox.AzureDevOps.Acts;
using TsPmo.Sandbox.AzureDevOps.Routes;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.AzureDevOps;

/// <summary>
/// A stateful stand-in for one organisation of Azure DevOps Services. Ids of accounts are lower-case e-mails, ids of items are
/// numbers from 1, ids of sprints are the GUIDs of iteration nodes. What the tracker does not know is refused with
/// <see cref="NotSupportedException"/> (versions, resolutions); ids that do not exist with <see cref="ArgumentException"/>.
/// </summary>
public sealed class AzureDevOpsStandIn : IStandIn
{
    private readonly AzureDevOpsOrganisation _organisation = new();
    private readonly StandInContext _context;
    private readonly Identity _bot;

    /// <param name="pathBase">Path of the organisation or, on premises, of the collection.</param>
    public AzureDevOpsStandIn(StandInContext context, string pathBase = "/demo")
    {
        PathBase = pathBase;
        _context = context;
        _bot = _organisation.AddPerson("PMO Bot", context.BotEmail);
    }

    public string Name => "azureDevOps";

    public string PathBase { get; }

    /// <summary>How the organisation is set up; may be changed at any time and is not kept across starts.</summary>
    public AzureDevOpsSwitches Switches
    {
        get
        {
            lock (_organisation.Gate)
                return _organisation.Switches;
        }
        set
        {
            lock (_organisation.Gate)
                _organisation.Switches = value;
        }
    }

    public void Map(IEndpointRouteBuilder routes) => new ApiRoutes(_organisation, _context, _bot, Name).Map(routes);

    public string AddPerson(PersonSpec person)
    {
        lock (_organisation.Gate)
            return _organisation.AddPerson(person.DisplayName, person.Email).UniqueName;
    }

    /// <summary>No item's last update moves; old revisions tell the new name too.</summary>
    public void RenamePerson(string account, string displayName)
    {
        lock (_organisation.Gate)
            _organisation.Person(account).DisplayName = displayName;
    }

    /// <summary>Azure DevOps names states in the process, and rewrites the items on a change of it.</summary>
    public void RenameStatus(string from, string to) => throw new NotSupportedException("States of this organisation keep their names.");

    /// <summary>As if the item lay alone in an area that is shut off or opened again. Azure DevOps has no security levels.</summary>
    public void ShowItem(DateTimeOffset at, string author, string itemId, bool visible, HidingWay by)
    {
        if (by == HidingWay.SecurityLevel)
            throw new NotSupportedException("Azure DevOps has no security levels.");
        lock (_organisation.Gate)
            _organisation.Item(ItemId.Parse(itemId)).Hidden = !visible;
    }

    public void AddProject(ProjectSpec project)
    {
        lock (_organisation.Gate)
            Planning.AddProject(_organisation, project);
    }

    public string AddSprint(SprintSpec sprint)
    {
        lock (_organisation.Gate)
            return Planning.AddSprint(_organisation, sprint);
    }

    public void ChangeSprint(string sprintId, SprintSpec sprint)
    {
        lock (_organisation.Gate)
            Planning.ChangeSprint(_organisation, sprintId, sprint);
    }

    /// <summary>Azure DevOps has no versions.</summary>
    public string AddVersion(VersionSpec version) => throw new NotSupportedException("Azure DevOps has no versions.");

    /// <summary>Azure DevOps has no versions.</summary>
    public void ChangeVersion(string versionId, VersionSpec version) => throw new NotSupportedException("Azure DevOps has no versions.");

    /// <summary>Creates an item. A parent shows the new child among its relations and has no revision of its own from that.</summary>
    public CreatedItem CreateItem(DateTimeOffset at, string author, ItemSpec item)
    {
        lock (_organisation.Gate)
        {
            var (changes, created) = (Begin(at, author), _organisation.NewItem());
            new ItemWriter(_organisation, changes, created).Create(item);
            changes.Commit();
            return new CreatedItem(ItemId.Write(created.Id), ItemId.Write(created.Id));
        }
    }

    public void ChangeItem(DateTimeOffset at, string author, string itemId, IReadOnlyList<ItemEdit> edits)
    {
        lock (_organisation.Gate)
        {
            var changes = Begin(at, author);
            new ItemWriter(_organisation, changes, _organisation.Item(ItemId.Parse(itemId))).Change(edits);
            changes.Commit();
        }
    }

    /// <summary>Writes a value past every rule, as an import by another tool can; it need not be of the field's type.</summary>
    public void ImportValue(DateTimeOffset at, string author, string itemId, string field, string value)
    {
        lock (_organisation.Gate)
        {
            var changes = Begin(at, author);
            changes.Draft(_organisation.Item(ItemId.Parse(itemId)))[field] = value;
            changes.Commit();
        }
    }

    public void DeleteItem(DateTimeOffset at, string author, string itemId)
    {
        lock (_organisation.Gate)
            Deleting.ToRecycleBin(Begin(at, author), _organisation.Item(ItemId.Parse(itemId)));
    }

    public void RestoreItem(DateTimeOffset at, string author, string itemId)
    {
        lock (_organisation.Gate)
            Deleting.Restore(Begin(at, author), _organisation.Item(ItemId.Parse(itemId)));
    }

    public void DestroyItem(DateTimeOffset at, string author, string itemId)
    {
        lock (_organisation.Gate)
            _organisation.Destroy(_organisation.Item(ItemId.Parse(itemId)));
    }

    /// <summary>One revision: CompletedWork rises, RemainingWork falls (not below 0) where it is set. The entry's id is item/rev; <paramref name="started"/> has no place here.</summary>
    public string LogWork(DateTimeOffset at, string author, string itemId, DateTimeOffset started, double hours)
    {
        lock (_organisation.Gate)
            return WorkLogging.Log(Begin(at, author), _organisation.Item(ItemId.Parse(itemId)), hours);
    }

    /// <summary>A further revision that takes the entry's hours back: CompletedWork falls, RemainingWork rises where it is set.</summary>
    public void DeleteWork(DateTimeOffset at, string author, string timeEntryId)
    {
        lock (_organisation.Gate)
        {
            var (id, rev) = ItemId.ParseEntry(timeEntryId);
            WorkLogging.Delete(Begin(at, author), _organisation.Item(id), rev);
        }
    }

    public void AddLink(DateTimeOffset at, string author, LinkSpec link)
    {
        lock (_organisation.Gate)
            Linking.Add(_organisation, Begin(at, author), link);
    }

    public void RemoveLink(DateTimeOffset at, string author, LinkSpec link)
    {
        lock (_organisation.Gate)
            Linking.Remove(_organisation, Begin(at, author), link);
    }

    /// <summary>
    /// Records a deployment. From an environment: a pipeline run and one record per attempt; the id is
    /// "environment/{environmentId}/{runId}/{stageName}", the stage being named like the environment.
    /// From a release: a classic release with one deployment per attempt; the id is "release/{releaseId}/{releaseEnvironmentId}".
    /// Each brings CI builds that deploy nothing.
    /// </summary>
    public string AddDeployment(DeploymentSpec deployment)
    {
        lock (_organisation.Gate)
            return new Deploying(_organisation, deployment).Record();
    }

    public void SetCapacity(CapacitySpec capacity)
    {
        lock (_organisation.Gate)
            Planning.SetCapacity(_organisation, capacity);
    }

    private ChangeSet Begin(DateTimeOffset at, string author) => new(_organisation, at, _organisation.Person(author));
}
