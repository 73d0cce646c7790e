using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.CircuitBreaker;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors;

namespace TsPmo.Plugins.Http;

/// <summary>
/// The one pipeline through which every connector talks: signed requests on one host, retry of idempotent calls, throttle, limits of size and time.
/// Answers that are not JSON where JSON was asked for are authentication failures. After a refused sign-in nothing more is sent until
/// <see cref="BeginSignIn"/>. Failures are <see cref="TrackerException"/>.
/// </summary>
internal sealed class TrackerHttp : ITraffic
{
    private readonly TimeProvider _clock;
    private readonly HttpDialect _dialect;
    private readonly TrackerProblems _problems;
    private readonly Connection _connection;
    private readonly Credential _credential;
    private readonly Exchange _exchange;
    private readonly Throttle _throttle;
    private readonly Lanes _lanes;
    private readonly Standstill _standstill;
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
        var home = dialect.Home ?? options.BaseUrl ?? throw new ArgumentException("A connector needs a base address.", nameof(setup));
        _clock = setup.Clock;
        _dialect = dialect;
        _problems = new(setup.Name, home, dialect.Home is null ? nameof(ConnectorOptions.BaseUrl) : "Gateway");
        _connection = new(options, home, dialect, _problems);
        _credential = new(options.Auth, Tokens(setup));
        _exchange = NewExchange(dialect, _problems, options.Timeout);
        _throttle = new(options.MaxConcurrency, options.RequestsPerSecond, setup.Clock);
        _lanes = new(options.MaxConcurrency, setup.Clock);
        _standstill = new(setup.Clock);
        _pipeline = RetryPipeline.Build(setup.Clock, CountWait);
    }

    public Traffic Total => new(Interlocked.Read(ref _requests), Interlocked.Read(ref _bytes), TimeSpan.FromTicks(Interlocked.Read(ref _waitedTicks)));

    public string? Headroom => _headroom;

    /// <summary>When the token in use expires; null where that is not known.</summary>
    public DateTimeOffset? TokenExpires => _credential.Expires;

    /// <summary>Problems worded for this connector.</summary>
    public TrackerProblems Problems => _problems;

    /// <summary>Lets the credential be tried again after it was refused. Called where a pass begins, and nowhere within one.</summary>
    public void BeginSignIn() => _standstill.Forgive();

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
        var target = _connection.Target(request);
        using var passage = await _lanes.EnterAsync(_dialect.Lanes(request), cancellationToken);
        CountWait(passage.Waited);
        CountWait(await _throttle.EnterAsync(cancellationToken));
        try
        {
            // What went wrong while this waited may have made it pointless.
            if (_standstill.Now is { } failure)
                throw failure;
            return request.IsAnonymous
                ? await SendAsync(request, target, null, cancellationToken)
                : await _credential.SignedAsync(authorization => SendAsync(request, target, authorization, cancellationToken), cancellationToken);
        }
        catch (TrackerException e) when (!request.IsAnonymous && IsRefusedSignIn(e))
        {
            _standstill.Refused(e);
            throw;
        }
        finally
        {
            _throttle.Leave();
        }
    }

    private async Task<TrackerAnswer> SendAsync(TrackerRequest request, Uri target, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        using var message = _connection.Message(request, target, authorization);
        return await _exchange.RunAsync(request, message, cancellationToken, response => Heed(request, response));
    }

    /// <summary>A page or a redirect may be one address's fault; these are the credential's.</summary>
    private static bool IsRefusedSignIn(TrackerException failure) =>
        failure.Problem.Code == TrackerProblems.AuthenticationFailed && failure.Status is 400 or 401 or 403;

    /// <summary>Lets throttle and lanes follow what the server says about its limits; tells how long it asks to wait.</summary>
    private TimeSpan? Heed(TrackerRequest request, HttpResponseMessage response)
    {
        var headers = AnswerReader.Headers(response);
        _headroom = _dialect.ReadHeadroom(headers) ?? _headroom;
        if (RateLimitHeaders.Bucket(headers) is { } bucket)
            _throttle.Follow(bucket);
        var now = _clock.GetUtcNow();
        var asked = RateLimitHeaders.RetryAfter(headers, now);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            return HeedLimit(_dialect.ReadLimit(request, headers), asked, RateLimitHeaders.Reset(headers, now));
        if (RateLimitHeaders.Warns(headers, asked))
            HoldEverything(asked);
        return asked;
    }

    private TimeSpan? HeedLimit(RateLimit limit, TimeSpan? asked, TimeSpan? reset)
    {
        var wait = limit.UntilReset && (asked is null || reset > asked) ? reset ?? asked : asked ?? reset;
        if (limit.Lane is { } lane)
            _lanes.Limit(lane, wait < RetryPipeline.LongestWait ? wait : null);
        else
            HoldEverything(wait);
        return wait;
    }

    /// <summary>Slows everything down; a pause that is too long to sit out ends the pass instead, and what follows.</summary>
    private void HoldEverything(TimeSpan? wait)
    {
        _throttle.Warn();
        if (wait is not { } pause)
            return;
        if (pause <= RetryPipeline.LongestWait)
            _throttle.Pause(pause);
        else
            _standstill.Spent(new(_problems.QuotaSpent(pause), 429), pause);
    }

    private AccessTokens? Tokens(ConnectorSetup setup)
    {
        var (options, auth) = (setup.Options, setup.Options.Auth);
        if (!auth.IsClientCredentials)
            return null;
        var address = auth.TokenUrl ?? options.DefaultTokenUrl ?? throw new ArgumentException("Client credentials need the address of their token.", nameof(setup));
        var problems = new TrackerProblems(setup.Name, address, "Auth:TokenUrl");
        var dialect = new HttpDialect { ReadError = AccessTokens.Words, ReadSignInRefusal = (status, _) => AccessTokens.Refusal(setup.Name, status) };
        return new(auth, address, auth.Scope ?? options.DefaultScope, NewExchange(dialect, problems, options.Timeout), setup.Clock);
    }

    private Exchange NewExchange(HttpDialect dialect, TrackerProblems problems, TimeSpan timeout)
    {
        var redaction = new Redaction(() => _credential.Secrets.Concat(_connection.Secrets));
        var reader = new AnswerReader(dialect, problems, redaction, bytes => Interlocked.Add(ref _bytes, bytes));
        return new(_connection, reader, problems, timeout, _clock, () => Interlocked.Increment(ref _requests));
    }

    private void CountWait(TimeSpan wait) => Interlocked.Add(ref _waitedTicks, wait.Ticks);
}
