using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TsPmo.Model;
using TsPmo.Plugins.Connectors;

namespace TsPmo.Plugins.Http;

/// <summary>Where a connector's requests go and what they are signed with. No redirect is followed and no credential leaves the tracker's own origins.</summary>
internal sealed class Connection
{
    private static readonly ProductInfoHeaderValue Product = new("TsPmo.Sync", typeof(Connection).Assembly.GetName().Version?.ToString(3) ?? "0");

    private readonly ConnectorOptions _options;
    private readonly HttpDialect _dialect;
    private readonly TrackerProblems _problems;
    private readonly Uri _base;
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly Lazy<HttpMessageInvoker> _invoker;

    public Connection(ConnectorOptions options, HttpDialect dialect, TrackerProblems problems)
    {
        _options = options;
        _dialect = dialect;
        _problems = problems;
        var address = options.BaseUrl ?? throw new ArgumentException("A connector needs a base address.", nameof(options));
        _base = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
        _authorization = Authorization(options.Auth);
        _invoker = new(() => new HttpMessageInvoker(Handler()), LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>Lives as long as the process: idle connections close by themselves.</summary>
    public HttpMessageInvoker Invoker => _invoker.Value;

    /// <summary>Every text that must never be shown.</summary>
    public IEnumerable<string> Secrets =>
        [_options.Auth.Secret?.Reveal() ?? "", _authorization?.Parameter ?? "", _options.Proxy?.UserInfo ?? ""];

    /// <summary>The signed message. A target outside the tracker's origins is refused.</summary>
    public HttpRequestMessage Message(TrackerRequest request)
    {
        var target = Target(request.Path);
        var message = new HttpRequestMessage(request.Method, target);
        message.Headers.UserAgent.Add(Product);
        message.Headers.TryAddWithoutValidation("Accept", "application/json");
        message.Headers.AcceptEncoding.Add(new("gzip"));
        message.Headers.Authorization = _authorization;
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

    private Uri Target(string path)
    {
        var isAbsolute = path.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || path.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        var target = isAbsolute ? new Uri(path) : new Uri(_base, path.TrimStart('/'));
        if (!SameOrigin(target, _base) && !_dialect.OtherOrigins.Any(o => SameOrigin(target, o)))
            throw new TrackerException(_problems.OtherHost(target));
        if (target.Scheme == Uri.UriSchemeHttp && !target.IsLoopback && !_options.AllowInsecureHttp)
            throw new TrackerException(_problems.Insecure());
        return target;
    }

    private static bool SameOrigin(Uri a, Uri b) =>
        Uri.Compare(a, b, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static AuthenticationHeaderValue? Authorization(AuthOptions auth)
    {
        var secret = auth.Secret?.Reveal() ?? "";
        if (secret.Length == 0)
            return null;
        return auth.Kind.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            ? new("Bearer", secret)
            : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{auth.User}:{secret}")));
    }

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
        UseProxy = _options.Proxy is not null || !_base.IsLoopback,
        SslOptions = _options.CaCertificate is { Length: > 0 } file ? Trusting(file) : new(),
    };

    private WebProxy? Proxy()
    {
        if (_options.Proxy is not { } address)
            return null;
        var proxy = new WebProxy(address);
        var user = address.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            proxy.Credentials = new NetworkCredential(Uri.UnescapeDataString(user[0]), user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "");
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
