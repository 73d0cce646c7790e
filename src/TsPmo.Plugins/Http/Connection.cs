using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TsPmo.Plugins.Connectors;

namespace TsPmo.Plugins.Http;

/// <summary>Where a connector's requests go and how. No redirect is followed and no credential leaves the tracker's own origins.</summary>
internal sealed class Connection
{
    private static readonly ProductInfoHeaderValue Product = new("TsPmo.Sync", typeof(Connection).Assembly.GetName().Version?.ToString(3) ?? "0");

    private readonly ConnectorOptions _options;
    private readonly HttpDialect _dialect;
    private readonly TrackerProblems _problems;
    private readonly Uri _home;
    private readonly Lazy<HttpMessageInvoker> _invoker;

    public Connection(ConnectorOptions options, Uri home, HttpDialect dialect, TrackerProblems problems)
    {
        _options = options;
        _dialect = dialect;
        _problems = problems;
        _home = home.AbsoluteUri.EndsWith('/') ? home : new Uri(home.AbsoluteUri + "/");
        _invoker = new(() => new HttpMessageInvoker(Handler()), LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>Lives as long as the process: idle connections close by themselves.</summary>
    public HttpMessageInvoker Invoker => _invoker.Value;

    /// <summary>Texts of the connection that must never be shown.</summary>
    public IEnumerable<string> Secrets => [_options.ProxySecret?.Reveal() ?? ""];

    /// <summary>The message, signed unless the request is anonymous.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="target">Where, as <see cref="Target"/> gave it.</param>
    /// <param name="authorization">What it is signed with.</param>
    public HttpRequestMessage Message(TrackerRequest request, Uri target, AuthenticationHeaderValue? authorization)
    {
        var message = new HttpRequestMessage(request.Method, target);
        message.Headers.UserAgent.Add(Product);
        message.Headers.TryAddWithoutValidation("Accept", "application/json");
        message.Headers.AcceptEncoding.Add(new("gzip"));
        message.Headers.Authorization = request.IsAnonymous ? null : authorization;
        foreach (var (name, value) in _dialect.Headers.Concat(request.Headers))
        {
            message.Headers.Remove(name);
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (request.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType);
        }

        return message;
    }

    /// <summary>The full address of a request. One outside the tracker's origins is refused.</summary>
    public Uri Target(TrackerRequest request)
    {
        var path = request.Path;
        var isAbsolute = path.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || path.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        var target = isAbsolute ? new Uri(path) : new Uri(_home, path.TrimStart('/'));
        var origins = request.IsAnonymous ? _dialect.OtherOrigins.Concat(_dialect.OpenOrigins) : _dialect.OtherOrigins;
        if (!SameOrigin(target, _home) && !origins.Any(o => SameOrigin(target, o)))
            throw new TrackerException(_problems.OtherHost(target));
        return target;
    }

    /// <summary>Whether a credential may go there: in clear only to loopback, or where that was allowed.</summary>
    public bool IsSafe(Uri? target) => target is null || target.Scheme != Uri.UriSchemeHttp || target.IsLoopback || _options.AllowInsecureHttp;

    private static bool SameOrigin(Uri a, Uri b) =>
        Uri.Compare(a, b, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxConnectionsPerServer = _options.MaxConcurrency,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        Proxy = Proxy(),
        // Whatever proxy the machine is set to, loopback is never behind it.
        UseProxy = _options.Proxy is not null || !_home.IsLoopback,
        SslOptions = _options.CaCertificate is { Length: > 0 } file ? Trusting(file) : new(),
    };

    private WebProxy? Proxy()
    {
        if (_options.Proxy is not { } address)
            return null;
        var proxy = new WebProxy(address);
        if (_options.ProxyUser is { Length: > 0 } user)
            proxy.Credentials = new NetworkCredential(user, _options.ProxySecret?.Reveal() ?? "");
        return proxy;
    }

    private SslClientAuthenticationOptions Trusting(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new TrackerException(_problems.CertificateUnreadable());
        }

        if (authorities.Count == 0)
            throw new TrackerException(_problems.CertificateUnreadable());
        return new() { RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Accepts(authorities, certificate, chain, errors) };
    }

    private static bool Accepts(X509Certificate2Collection authorities, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 server)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(server);
    }
}
