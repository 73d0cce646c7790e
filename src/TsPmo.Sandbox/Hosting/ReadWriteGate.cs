namespace TsPmo.Sandbox.Hosting;

/// <summary>Lets reads run beside each other and writes alone, so that no answer mixes the states before and after an act.</summary>
internal sealed class ReadWriteGate : IDisposable
{
    private readonly SemaphoreSlim _queue = new(1, 1);
    private readonly SemaphoreSlim _room = new(1, 1);
    private readonly SemaphoreSlim _counter = new(1, 1);
    private int _readers;

    public async Task<T> ReadAsync<T>(Func<Task<T>> read, CancellationToken cancellation)
    {
        await EnterReadAsync(cancellation);
        try
        {
            return await read();
        }
        finally
        {
            await ExitReadAsync();
        }
    }

    public async Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancellation)
    {
        await _queue.WaitAsync(cancellation);
        try
        {
            await _room.WaitAsync(cancellation);
            try
            {
                return await write();
            }
            finally
            {
                _room.Release();
            }
        }
        finally
        {
            _queue.Release();
        }
    }

    public void Dispose()
    {
        _queue.Dispose();
        _room.Dispose();
        _counter.Dispose();
    }

    private async Task EnterReadAsync(CancellationToken cancellation)
    {
        await _queue.WaitAsync(cancellation);
        try
        {
            await _counter.WaitAsync(cancellation);
            try
            {
                if (_readers == 0) await _room.WaitAsync(cancellation);
                _readers++;
            }
            finally
            {
                _counter.Release();
            }
        }
        finally
        {
            _queue.Release();
        }
    }

    private async Task ExitReadAsync()
    {
        await _counter.WaitAsync(CancellationToken.None);
        if (--_readers == 0) _room.Release();
        _counter.Release();
    }
}
