namespace TsPmo.Sync.Tests.Configuration;

/// <summary>What each kind of sign-in needs is asked for, all at once and by its full key.</summary>
public sealed class SignInTests
{
    [Fact]
    public void Client_credentials_need_an_id_and_a_secret() =>
        Mistakes("Jira", "https://acme.atlassian.net", """{ "Kind": "ClientCredentials" }""").Select(m => m.Split("; ")[0])
            .ShouldBe(["TsPmo:Connectors:one:Auth:ClientId: is missing", "TsPmo:Connectors:one:Auth:Secret: is missing"]);

    [Fact]
    public void A_known_address_need_not_be_given() =>
        Mistakes("Jira", "https://acme.atlassian.net", """{ "Kind": "ClientCredentials", "ClientId": "c", "Secret": "s" }""").ShouldBeEmpty();

    [Fact]
    public void A_secret_is_not_sent_to_a_token_host_in_clear() =>
        Mistakes("Jira", "https://acme.atlassian.net", """{ "Kind": "ClientCredentials", "ClientId": "c", "Secret": "s", "TokenUrl": "http://id.example/token" }""")
            .ShouldHaveSingleItem().ShouldStartWith("TsPmo:Connectors:one:Auth:TokenUrl: \"http://id.example/token\" would send the secret unencrypted");

    [Fact]
    public void What_only_client_credentials_use_is_refused_with_other_kinds() =>
        Mistakes("Jira", "https://acme.atlassian.net", """{ "Kind": "Bearer", "Secret": "s", "ClientId": "c", "Scope": "x" }""").Select(m => m.Split(": ")[0])
            .ShouldBe(["TsPmo:Connectors:one:Auth:ClientId", "TsPmo:Connectors:one:Auth:Scope"]);

    [Fact]
    public void A_proxy_password_needs_its_user_and_a_user_its_proxy()
    {
        Mistakes("Jira", "https://acme.atlassian.net", """{ "Kind": "Bearer", "Secret": "s" }""", """, "Proxy": "http://proxy.example:3128", "ProxySecret": "p" """)
            .ShouldHaveSingleItem().ShouldStartWith("TsPmo:Connectors:one:ProxyUser: is missing");
        Mistakes("Jira", "https://acme.atlassian.net", """{ "Kind": "Bearer", "Secret": "s" }""", """, "ProxyUser": "me" """)
            .ShouldHaveSingleItem().ShouldStartWith("TsPmo:Connectors:one:Proxy: is missing");
    }

    private static IReadOnlyList<string> Mistakes(string type, string address, string auth, string more = "") => ConfigurationFolder.Mistakes(
        $$"""{ "TsPmo": { "Connectors": { "one": { "Type": "{{type}}", "BaseUrl": "{{address}}", "Auth": {{auth}}{{more}} } } } }""");
}
