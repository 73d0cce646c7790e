using TsPmo.Model.Work;

namespace TsPmo.Engine.Storage.Rows;

/// <summary>What a raw status means; empty project or type: everywhere.</summary>
internal sealed class StateRow
{
    public required string Connector { get; set; }

    public required string Project { get; set; }

    public required string Type { get; set; }

    /// <summary>The status's id where it has one, else its name.</summary>
    public required string StatusKey { get; set; }

    public string? StatusId { get; set; }

    public required string Status { get; set; }

    public State State { get; set; }
}

/// <summary>What a raw type means; empty project: everywhere.</summary>
internal sealed class TypeRow
{
    public required string Connector { get; set; }

    public required string Project { get; set; }

    /// <summary>The type's id where it has one, else its name.</summary>
    public required string TypeKey { get; set; }

    public string? TypeId { get; set; }

    public required string SourceType { get; set; }

    public WorkItemKind Kind { get; set; }
}

/// <summary>Which field plays a role; empty project: everywhere.</summary>
internal sealed class FieldRoleRow
{
    public required string Connector { get; set; }

    public required string Project { get; set; }

    public required string Role { get; set; }

    public required string FieldId { get; set; }

    public required string FieldName { get; set; }

    public int Rank { get; set; }
}

/// <summary>An account as its tracker shows it.</summary>
internal sealed class AccountRow
{
    public required string Connector { get; set; }

    public required string AccountId { get; set; }

    public required string DisplayName { get; set; }

    public string? Email { get; set; }
}
