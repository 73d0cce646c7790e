namespace TsPmo.Sandbox.AzureDevOps.State;

/// <summary>A person of the organisation. The unique name is the lower-case e-mail. Another display name shows in old revisions too.</summary>
internal sealed class Identity(Guid id, string displayName, string uniqueName)
{
    public Guid Id { get; } = id;

    public string DisplayName { get; set; } = displayName;

    public string UniqueName { get; } = uniqueName;

    public string Descriptor => "aad." + Convert.ToBase64String(Id.ToByteArray()).TrimEnd('=');

    /// <summary>The form in which the reporting feed tells people unless it is asked for objects.</summary>
    public string CombinedName => $"{DisplayName} <{UniqueName}>";

    public static Identity Create(string displayName, string email)
    {
        var unique = email.ToLowerInvariant();
        return new Identity(StableGuid.Of("identity", unique), displayName, unique);
    }
}
