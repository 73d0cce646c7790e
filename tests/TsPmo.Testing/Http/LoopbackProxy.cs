using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TsPmo.Testing.Http;

/// <summary>
/// A real proxy on loopback that asks for a password. Whatever host a tunnel is asked to, it leads to one server on this machine, so that made-up names can be used.
/// </summary>
public sealed class LoopbackProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _tunnels = new();
    private readonly ConcurrentQueue<string> _heads = new();
    private readonly string _password;
    private readonly int _port;
    private readonly Task _accepting;

    /// <param name="user">User it lets through.</param>
    /// <param name="secret">The user's password.</param>
    /// <param name="server">Where every tunnel leads.</param>
    public LoopbackProxy(string user, string secret, Uri server)
    {
        _password = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}"));
        _port = server.Port;
        _listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Hosts with ports that tunnels were opened to.</summary>
    public IReadOnlyList<string> Tunnels => [.. _tunnels];

    /// <summary>Everything it was told in clear.</summary>
    public string Heard => string.Join('\n', _heads);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var near = client.GetStream();
            while (await HeadAsync(near) is { Length: > 0 } head)
            {
                _heads.Enqueue(head);
                if (!head.Contains("Proxy-Authorization: " + _password, StringComparison.OrdinalIgnoreCase))
                {
                    await SayAsync(near, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n");
                    continue;
                }

                _tunnels.Enqueue(head.Split(' ')[1]);
                await TunnelAsync(near);
                return;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // Either end hung up.
        }
    }

    private async Task TunnelAsync(NetworkStream near)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, _port, _stop.Token);
        var far = server.GetStream();
        await SayAsync(near, "HTTP/1.1 200 Connection Established\r\n\r\n");
        await Task.WhenAny(near.CopyToAsync(far, _stop.Token), far.CopyToAsync(near, _stop.Token));
    }

    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _stop.Token) == 1)
            head.Append((char)one[0]);
        return head.ToString();
    }

    private async Task SayAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text), _stop.Token);
}
