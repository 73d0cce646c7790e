namespace TsPmo.Model.Work;

/// <summary>The normalised type of a work item; the tracker's own type name is always kept beside it.</summary>
public enum WorkItemKind
{
    /// <summary>Anything without a better name.</summary>
    Other,

    /// <summary>A container above features or stories.</summary>
    Epic,

    /// <summary>A feature: counted by flow metrics only where it has no children.</summary>
    Feature,

    /// <summary>A requirement of the product backlog.</summary>
    Story,

    /// <summary>A piece of work beside stories.</summary>
    Task,

    /// <summary>A part of another item; its parent carries the weight.</summary>
    Subtask,

    /// <summary>A defect.</summary>
    Bug,

    /// <summary>A failure in operation.</summary>
    Incident,

    /// <summary>An entry of the risk register.</summary>
    Risk,
}
