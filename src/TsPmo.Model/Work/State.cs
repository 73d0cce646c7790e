namespace TsPmo.Model.Work;

/// <summary>The normalised state of a work item; the tracker's own status name is always kept beside it.</summary>
public enum State
{
    /// <summary>Not begun.</summary>
    ToDo,

    /// <summary>Begun and not finished; resolved but not yet closed included.</summary>
    InProgress,

    /// <summary>Delivered.</summary>
    Done,

    /// <summary>Ended without being delivered.</summary>
    Removed,
}
