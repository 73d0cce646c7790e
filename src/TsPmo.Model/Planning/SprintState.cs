namespace TsPmo.Model.Planning;

/// <summary>Where a sprint stands.</summary>
public enum SprintState
{
    /// <summary>Not begun, or undated.</summary>
    Future,

    /// <summary>Running.</summary>
    Active,

    /// <summary>Over.</summary>
    Closed,
}
