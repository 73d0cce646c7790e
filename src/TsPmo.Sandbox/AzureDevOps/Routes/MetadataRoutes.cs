using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.State;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>Fields, work item types with their states, categories and relation types.</summary>
internal static class MetadataRoutes
{
    private static readonly (string Reference, string Name)[] Categories =
    [
        ("Microsoft.EpicCategory", "Epic Category"), ("Microsoft.FeatureCategory", "Feature Category"), ("Microsoft.RequirementCategory", "Requirement Category"),
        ("Microsoft.TaskCategory", "Task Category"), ("Microsoft.BugCategory", "Bug Category"),
    ];

    private static readonly object[] Operations =
    [
        new { referenceName = "SupportedOperations.Equals", name = "=" }, new { referenceName = "SupportedOperations.NotEquals", name = "<>" },
    ];

    public static void Map(RouteTable routes)
    {
        routes.Anywhere(HttpMethods.Get, "wit/fields", call => Answer.List([.. FieldCatalogue.All.Select(field => Field(call, field))]));
        routes.Anywhere(HttpMethods.Get, "wit/fields/{field}", OneField);
        routes.Organisation(HttpMethods.Get, "wit/workitemrelationtypes", RelationTypes);
        routes.Project(HttpMethods.Get, "wit/workitemtypes", call => Answer.List([.. call.Project.Types.Select(type => Type(call, type))]));
        routes.Project(HttpMethods.Get, "wit/workitemtypes/{type}", call => new Answer(Type(call, Named(call))));
        routes.Project(HttpMethods.Get, "wit/workitemtypes/{type}/states", call => Answer.List([.. Named(call).States.Select(State)]));
        routes.Project(HttpMethods.Get, "wit/workitemtypecategories", call => Answer.List([.. Categories.Where(category => Types(call, category.Reference).Count > 0).Select(category => Category(call, category))]));
        routes.Project(HttpMethods.Get, "wit/workitemtypecategories/{category}", OneCategory);
    }

    private static WorkItemTypeDefinition Named(ApiCall call) =>
        call.Project.Type(call.Route("type") ?? string.Empty)
        ?? throw Refusal.NotFound($"VS402323: Work item type {call.Route("type")} does not exist in project {call.Project.Name} or you do not have permission to access it.", "WorkItemTypeNotFoundException");

    private static Answer OneField(ApiCall call) => FieldCatalogue.Find(call.Route("field") ?? string.Empty) is { } field
        ? new Answer(Field(call, field))
        : throw Refusal.NotFound($"TF51535: Cannot find field {call.Route("field")}.", "WorkItemTrackingFieldDefinitionNotFoundException");

    private static object Field(ApiCall call, FieldDefinition field) => new
    {
        name = field.Name,
        referenceName = field.ReferenceName,
        type = field.Type,
        usage = "workItem",
        readOnly = field.ReadOnly,
        canSortBy = !field.IsLongText,
        isQueryable = true,
        supportedOperations = Operations,
        isIdentity = field.IsIdentity,
        isPicklist = false,
        isPicklistSuggested = false,
        url = call.Links.Field(field.ReferenceName),
    };

    private static Answer RelationTypes(ApiCall call) => Answer.List(
    [
        .. LinkTypes.All.Select(type => new
        {
            attributes = new { usage = "workItemLink", editable = true, enabled = true, acyclic = type.ReferenceName != LinkTypes.Related, directional = type.ReferenceName != LinkTypes.Related },
            referenceName = type.ReferenceName,
            name = type.Name,
            url = $"{call.Links.Base}/_apis/wit/workItemRelationTypes/{type.ReferenceName}",
        }),
    ]);

    private static object State(StateDefinition state) => new { name = state.Name, color = state.Color, category = state.Category };

    private static object Type(ApiCall call, WorkItemTypeDefinition type) => new
    {
        name = type.Name,
        referenceName = type.ReferenceName,
        description = string.Empty,
        color = type.Color,
        icon = new { id = "icon_list", url = $"{call.Links.Base}/_apis/wit/workItemIcons/icon_list?color={type.Color}" },
        isDisabled = false,
        fields = FieldCatalogue.All.Select(field => new { name = field.Name, referenceName = field.ReferenceName, alwaysRequired = field.ReferenceName == FieldNames.Title, url = call.Links.Field(field.ReferenceName) }).ToList(),
        transitions = Transitions(type),
        states = call.Dialect.StatesInTypes ? type.States.Select(State).ToList() : null,
        url = Address(call, type),
    };

    /// <summary>Every state leads to every other one, as in the vendor's newer templates; the empty name is where an item begins.</summary>
    private static Dictionary<string, object> Transitions(WorkItemTypeDefinition type)
    {
        var transitions = type.States.ToDictionary(state => state.Name, state => (object)type.States.Where(other => other != state).Select(other => new { to = other.Name }).ToList(), StringComparer.Ordinal);
        transitions[string.Empty] = new[] { new { to = type.States[0].Name } };
        return transitions;
    }

    private static string Address(ApiCall call, WorkItemTypeDefinition type) => $"{call.Links.In(call.Project)}/wit/workItemTypes/{Uri.EscapeDataString(type.Name)}";

    private static List<WorkItemTypeDefinition> Types(ApiCall call, string category) => [.. call.Project.Types.Where(type => type.Category == category)];

    private static Answer OneCategory(ApiCall call)
    {
        var known = Array.Find(Categories, category => category.Reference.Equals(call.Route("category"), StringComparison.OrdinalIgnoreCase));
        return known.Reference is not null && Types(call, known.Reference).Count > 0
            ? new Answer(Category(call, known))
            : throw Refusal.NotFound($"VS402324: Work item type category {call.Route("category")} does not exist.", "WorkItemTypeCategoryNotFoundException");
    }

    private static object Category(ApiCall call, (string Reference, string Name) category)
    {
        var types = Types(call, category.Reference).ConvertAll(type => new { name = type.Name, url = Address(call, type) });
        return new
        {
            name = category.Name,
            referenceName = category.Reference,
            defaultWorkItemType = types[0],
            workItemTypes = types,
            url = $"{call.Links.In(call.Project)}/wit/workItemTypeCategories/{category.Reference}",
        };
    }
}
