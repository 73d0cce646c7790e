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

/// <summary>What states have in common.</summary>
public static class States
{
    /// <summary>Whether there is still something to do: neither delivered nor ended without being delivered.</summary>
    public static bool IsOpen(this State state) => state is State.ToDo or State.InProgress;
}
