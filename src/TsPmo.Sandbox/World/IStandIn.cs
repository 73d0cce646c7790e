using Microsoft.AspNetCore.Routing;

namespace TsPmo.Sandbox.World;

/// <summary>A stand-in server: a tracker that answers HTTP. The host gives each one its own loopback port and puts faults and the journal in front of it.</summary>
public interface IStandIn : ITracker
{
    /// <summary>Path below the host under which everything is served ("/jira", "/tfs/Demo", or "" for the root).</summary>
    string PathBase { get; }

    /// <summary>Maps the tracker's routes. Called once per process.</summary>
    void Map(IEndpointRouteBuilder routes);
}

/// <summary>What a stand-in needs from its host.</summary>
/// <param name="Clock">The sandbox's clock.</param>
/// <param name="Notifications">Where mails that the real tracker would send are counted.</param>
/// <param name="Token">The secret that signs in.</param>
/// <param name="BotEmail">E-mail of the account that the token belongs to; the stand-in registers it itself.</param>
public sealed record StandInContext(SandboxClock Clock, NotificationLog Notifications, string Token, string BotEmail);
