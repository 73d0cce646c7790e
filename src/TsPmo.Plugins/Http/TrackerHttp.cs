using System.Net.Sockets;
using System.Text.Json;
using Polly;
using Polly.CircuitBreaker;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors;

namespace TsPmo.Plugins.Http;

/// <summary>
/// The one pipeline through which every connector talks: signed requests on one host, retry of idempotent calls, throttle, limits of size and time.
/// Answers that are not JSON where JSON was asked for are authentication failures. Failures are <see cref="TrackerException"/>.
/// </summary>
internal sealed class TrackerHttp : ITraffic
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _timeout;
    private readonly HttpDialect _dialect;
    private readonly TrackerProblems _problems;
    private readonly Connection _connection;
    private readonly AnswerReader _reader;
    private readonly Throttle _throttle;
    private readonly ResiliencePipeline<TrackerAnswer> _pipeline;
    private volatile string? _headroom;
    private long _requests;
    private long _bytes;
    private long _waitedTicks;

    /// <param name="setup">Name, options and clock of the connector.</param>
    /// <param name="dialect">What is particular about the tracker: headers to add, how to read an error body.</param>
    public TrackerHttp(ConnectorSetup setup, HttpDialect dialect)
    {
        var options = setup.Options;
        _clock = setup.Clock;
        _timeout = options.Timeout;
        _dialect = dialect;
        _problems = new(setup.Name, options.BaseUrl ?? throw new ArgumentException("A connector needs a base address.", nameof(setup)));
        _connection = new(options, dialect, _problems);
        _reader = new(dialect, _problems, new(_connection.Secrets), bytes => Interlocked.Add(ref _bytes, bytes));
        _throttle = new(options.MaxConcurrency, options.RequestsPerSecond, setup.Clock);
        _pipeline = RetryPipeline.Build(setup.Clock, CountWait);
    }

    public Traffic Total => new(Interlocked.Read(ref _requests), Interlocked.Read(ref _bytes), TimeSpan.FromTicks(Interlocked.Read(ref _waitedTicks)));

    public string? Headroom => _headroom;

    /// <summary>Problems worded for this connector.</summary>
    public TrackerProblems Problems => _problems;

    /// <summary>Sends a request and gives the parsed JSON answer (null for an empty 2xx body). Statuses listed as expected are returned, not thrown.</summary>
    public async Task<TrackerAnswer> SendAsync(TrackerRequest request, CancellationToken cancellationToken)
    {
        var mayHaveArrived = false;
        var context = RetryPipeline.Context(request, cancellationToken);
        try
        {
            return await _pipeline.ExecuteAsync(async c =>
            {
                try
                {
                    return await AttemptAsync(request, c.CancellationToken);
                }
                catch (TrackerException e) when (e.IsUncertain)
                {
                    mayHaveArrived = true;
                    throw;
                }
            }, context);
        }
        catch (BrokenCircuitException e)
        {
            throw new TrackerException(_problems.Paused(e.RetryAfter)) { IsUncertain = mayHaveArrived };
        }
        catch (TrackerException e) when (mayHaveArrived && !e.IsUncertain)
        {
            throw new TrackerException(e.Problem, e.Status) { RetryAfter = e.RetryAfter, IsUncertain = true, IsTooMuch = e.IsTooMuch };
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<TrackerAnswer> AttemptAsync(TrackerRequest request, CancellationToken cancellationToken)
    {
        using var message = _connection.Message(request);
        CountWait(await _throttle.EnterAsync(cancellationToken));
        using var limit = new CancellationTokenSource(_timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            Interlocked.Increment(ref _requests);
            using var response = await _connection.Invoker.SendAsync(message, either.Token);
            return await _reader.ReadAsync(request, response, Heed(response), either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TrackerException(_problems.TimedOut(AnswerReader.Shown(request), _timeout)) { IsUncertain = true, IsTooMuch = true };
        }
        catch (AnswerTooLargeException)
        {
            throw new TrackerException(_problems.TooLarge(AnswerReader.Shown(request), _dialect.MaxAnswerBytes)) { IsUncertain = true, IsTooMuch = true };
        }
        catch (HttpRequestException e)
        {
            throw Unsent(e);
        }
        catch (Exception e) when (e is JsonException or IOException or InvalidDataException)
        {
            throw new TrackerException(_problems.Garbled(AnswerReader.Shown(request))) { IsUncertain = true };
        }
        finally
        {
            _throttle.Leave();
        }
    }

    /// <summary>Lets the throttle follow what the server says about its limits; tells how long it asks to wait.</summary>
    private TimeSpan? Heed(HttpResponseMessage response)
    {
        var headers = AnswerReader.Headers(response);
        _headroom = RateLimitHeaders.Headroom(headers) ?? _headroom;
        var asked = RateLimitHeaders.RetryAfter(headers, _clock.GetUtcNow());
        var isLimited = (int)response.StatusCode == 429;
        if (isLimited ? _dialect.LimitsEverything(headers) : RateLimitHeaders.Warns(headers, asked))
        {
            _throttle.Warn();
            if (asked is { } pause && pause <= RetryPipeline.LongestWait)
                _throttle.Pause(pause);
        }

        return asked;
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
        return new(_problems.Unreachable(why)) { IsUncertain = !neverLeft };
    }

    private void CountWait(TimeSpan wait) => Interlocked.Add(ref _waitedTicks, wait.Ticks);
}
