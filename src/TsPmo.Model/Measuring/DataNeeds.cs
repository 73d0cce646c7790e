namespace TsPmo.Model.Measuring;

/// <summary>What a metric takes from items. Findings on any of it lower the confidence of its figures.</summary>
[Flags]
public enum DataNeeds
{
    /// <summary>Nothing of items.</summary>
    None = 0,

    /// <summary>That they exist, and what kind they are.</summary>
    Items = 1,

    /// <summary>In which state they were when.</summary>
    States = 2,

    /// <summary>When work on them began.</summary>
    Starts = 4,

    /// <summary>How large they are.</summary>
    Estimates = 8,

    /// <summary>When they are planned.</summary>
    Dates = 16,

    /// <summary>Whose they are.</summary>
    Owners = 32,

    /// <summary>In which sprint they were when.</summary>
    Sprints = 64,

    /// <summary>What they are linked with.</summary>
    Links = 128,

    /// <summary>Which hours were booked on them; people book late, so that figures of any instant may still grow.</summary>
    Hours = 256,
}
