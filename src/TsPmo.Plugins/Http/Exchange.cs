using System.Net.Sockets;
using System.Text.Json;

namespace TsPmo.Plugins.Http;

/// <summary>One request and its answer with one host: every way in which that can fail becomes a <see cref="TrackerException"/>.</summary>
internal sealed class Exchange(Connection connection, AnswerReader reader, TrackerProblems problems, TimeSpan timeout, TimeProvider clock, Action sent)
{
    /// <summary>Problems worded for the host.</summary>
    public TrackerProblems Problems => problems;

    /// <param name="request">What is asked, for messages and for the statuses that are expected.</param>
    /// <param name="message">What is sent.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="heed">Sees the answer's headers before its body is read and tells how long the server asks to wait.</param>
    public async Task<TrackerAnswer> RunAsync(
        TrackerRequest request, HttpRequestMessage message, CancellationToken cancellationToken, Func<HttpResponseMessage, TimeSpan?>? heed = null)
    {
        if (!connection.IsSafe(message.RequestUri))
            throw new TrackerException(problems.Insecure());
        using var limit = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            sent();
            using var response = await connection.Invoker.SendAsync(message, either.Token);
            return await reader.ReadAsync(request, response, heed?.Invoke(response), either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TrackerException(problems.TimedOut(AnswerReader.Shown(request), timeout)) { IsUncertain = true, IsTooMuch = true };
        }
        catch (AnswerTooLargeException)
        {
            throw new TrackerException(problems.TooLarge(AnswerReader.Shown(request), reader.Limit)) { IsUncertain = true, IsTooMuch = true };
        }
        catch (HttpRequestException e)
        {
            throw Unsent(e);
        }
        catch (Exception e) when (e is JsonException or IOException or InvalidDataException)
        {
            throw new TrackerException(problems.Garbled(AnswerReader.Shown(request))) { IsUncertain = true };
        }
    }

    private TrackerException Unsent(HttpRequestException e)
    {
        var why = e.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "its name cannot be resolved",
            HttpRequestError.SecureConnectionError => "no secure connection could be made (is its certificate trusted?)",
            HttpRequestError.ProxyTunnelError => "the proxy refuses the way",
            _ when e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "nothing listens there",
            HttpRequestError.ConnectionError => "no connection could be made",
            _ => "the connection broke",
        };
        var neverLeft = e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError or HttpRequestError.ConnectionError;
        return new(problems.Unreachable(why)) { IsUncertain = !neverLeft };
    }
}
