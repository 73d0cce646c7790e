using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Jira;

/// <summary>A stand-in Jira Cloud site (REST v3) at the root of its host; signs in with Basic e-mail:token.</summary>
public sealed class JiraCloudStandIn(StandInContext context) : JiraStandIn(JiraDialect.Cloud, context);
