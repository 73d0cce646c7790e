using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Jira;

/// <summary>A stand-in Jira Data Center (REST v2) below the context path /jira; signs in with a bearer token or Basic name:token.</summary>
public sealed class JiraDataCenterStandIn(StandInContext context) : JiraStandIn(JiraDialect.DataCenter, context);
