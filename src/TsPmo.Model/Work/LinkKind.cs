namespace TsPmo.Model.Work;

/// <summary>What a link says, read from its subject to its object.</summary>
public enum LinkKind
{
    /// <summary>Any relation without a direction of its own.</summary>
    Relates,

    /// <summary>The subject must be done before the object.</summary>
    Blocks,

    /// <summary>The subject needs the object, where the tracker says it that way round and not as blocking.</summary>
    DependsOn,

    /// <summary>The subject says the same as the object.</summary>
    Duplicates,

    /// <summary>The subject was caused by the object.</summary>
    CausedBy,

    /// <summary>The subject is the child of the object.</summary>
    Parent,
}
