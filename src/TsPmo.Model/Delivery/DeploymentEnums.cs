namespace TsPmo.Model.Delivery;

/// <summary>The kind of record a deployment comes from, in order of precedence.</summary>
public enum DeploymentSource
{
    /// <summary>An environment's deployment record.</summary>
    Environment,

    /// <summary>A classic release deployment.</summary>
    Release,

    /// <summary>Reported by another system.</summary>
    Reported,

    /// <summary>A released version, where that is configured to count.</summary>
    Version,

    /// <summary>A run of a pipeline that is configured to count.</summary>
    Pipeline,
}

/// <summary>How a deployment ended.</summary>
public enum DeploymentResult
{
    /// <summary>Not finished.</summary>
    Running,

    /// <summary>Reached the environment.</summary>
    Succeeded,

    /// <summary>Did not.</summary>
    Failed,

    /// <summary>Was stopped.</summary>
    Canceled,

    /// <summary>Reached it in part.</summary>
    Partial,
}
