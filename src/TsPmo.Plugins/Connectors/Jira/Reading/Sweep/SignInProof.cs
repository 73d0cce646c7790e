using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Sweep;

/// <summary>Proves that it is still us who are answered: to somebody who is no longer signed in everything looks as if it were gone.</summary>
internal static class SignInProof
{
    public static async Task GiveAsync(JiraClient client, JiraSession session, CancellationToken cancellationToken)
    {
        using var me = await client.GetAsync(JiraClient.Api(session.IsCloud) + "myself", cancellationToken);
        if (JiraSignIn.AccountOf(me.Root, session.IsCloud) != session.Account)
            throw new TrackerException(client.SignInFailed("it answers, but no longer as the user who was signed in"));
    }
}
