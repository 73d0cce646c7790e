using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>What the readers of work items share: finding one under an address, and the options that shape it.</summary>
internal static class WorkItemQueries
{
    private static readonly (int, string)[] Expansions = [(0, "none"), (1, "relations"), (2, "fields"), (3, "links"), (4, "all")];

    /// <summary>The living item of that id; not found where it is deleted or belongs to another project than the address names.</summary>
    public static WorkItem Item(ApiCall call, int id) => Find(call, id) ?? throw Missing(call, id);

    /// <summary>How an item that cannot be read is answered; one out of sight is as good as none unless the organisation says otherwise.</summary>
    public static Refusal Missing(ApiCall call, int id) =>
        call.Organisation.Switches.HiddenIsForbidden && call.Organisation.FindItem(id) is { } item && !call.Organisation.Shows(item) ? Refusal.HiddenWorkItem(id) : Refusal.NoWorkItem(id);

    public static WorkItem? Find(ApiCall call, int id)
    {
        var project = call.ProjectOrNull;
        return call.Organisation.FindItem(id) is { Deleted: false } item && call.Organisation.Shows(item) && (project is null || project.Name == item.Project) ? item : null;
    }

    public static string Expand(ApiCall call) => Expand(call.Query("$expand"));

    public static string Expand(string? text) => ApiCall.Choose("$expand", text, Expansions) ?? "none";

    /// <summary>Reference names as they are spelt; null where none was asked for.</summary>
    public static IReadOnlyCollection<string>? Fields(IReadOnlyCollection<string> asked) => asked.Count == 0 ? null : [.. asked.Select(Field).ToHashSet(StringComparer.Ordinal)];

    public static string Field(string name) => FieldCatalogue.Find(name)?.ReferenceName
        ?? throw Refusal.Bad($"TF51535: Cannot find field {name}.", "WorkItemTrackingFieldDefinitionNotFoundException");

    public static object Write(ApiCall call, Revision revision, IReadOnlyCollection<string>? fields, string expand)
    {
        if (fields is not null && expand is not "none" and not "links")
            throw Refusal.Bad("The expand parameter can not be used with the fields parameter.", "ConflictingParametersException");
        return new WorkItemWriter(call.Organisation, call.Links).Item(revision, fields, expand is "relations" or "all", expand is "links" or "all");
    }
}
