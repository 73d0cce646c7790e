using System.Buffers;
using System.Text.Json;

namespace TsPmo.Plugins.Http;

/// <summary>
/// Reads a JSON answer and cuts one array of its outermost object into its elements on the way. It is judged as strictly as if it were read whole; no more of it is held
/// than one element and what lies around the array. Of two arrays of the name the last counts, as in a parsed object.
/// </summary>
/// <param name="body">The answer, decompressed and limited.</param>
/// <param name="aside">Takes the elements.</param>
/// <param name="bufferSize">Bytes to begin with; it grows as far as an element needs.</param>
internal sealed class AnswerSplitter(Stream body, SetAside aside, int bufferSize = 64 * 1024) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _rest = new();
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(bufferSize);
    private JsonReaderState _state;

    /// <summary>End of what is in the buffer.</summary>
    private int _end;

    /// <summary>End of what is understood.</summary>
    private int _understood;

    /// <summary>End of what has gone to where it belongs; an element under way begins here.</summary>
    private int _settled;

    /// <summary>Whether the name before stands for the array.</summary>
    private bool _isNamed;

    private bool _isWithin;
    private bool _isElementUnderWay;

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The answer with the array empty. What is no JSON is a <see cref="JsonException"/>.</summary>
    public async Task<JsonDocument> ReadAsync(CancellationToken cancellationToken)
    {
        var isLast = await FillAsync(cancellationToken);
        if (_buffer.AsSpan(0, _end).StartsWith(Mark))
            _understood = _settled = Mark.Length;
        Understand(isLast);
        while (!isLast)
        {
            isLast = await FillAsync(cancellationToken);
            Understand(isLast);
        }

        return JsonDocument.Parse(_rest.WrittenMemory);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    /// <summary>Fills the buffer; true when the answer came to its end. A full buffer costs fewer looks at an unfinished token than every piece as it arrives.</summary>
    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var room = _buffer.AsMemory(_end);
        var count = await body.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, cancellationToken);
        _end += count;
        return count < room.Length;
    }

    private void MakeRoom()
    {
        var old = _buffer;
        var kept = old.AsSpan(_settled, _end - _settled);
        if (kept.Length > old.Length / 2)
            _buffer = ArrayPool<byte>.Shared.Rent(old.Length * 2);
        kept.CopyTo(_buffer);
        (_end, _understood, _settled) = (kept.Length, _understood - _settled, 0);
        if (old != _buffer)
            ArrayPool<byte>.Shared.Return(old);
    }

    private void Understand(bool isLast)
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_understood, _end - _understood), isLast, _state);
        while (reader.Read())
            See(ref reader);
        _state = reader.CurrentState;
        _understood += (int)reader.BytesConsumed;
        if (!_isWithin)
            Keep(_understood);
    }

    private void See(ref Utf8JsonReader reader)
    {
        var (begin, end) = (_understood + (int)reader.TokenStartIndex, _understood + (int)reader.BytesConsumed);
        if (_isWithin)
            SeeWithin(reader.CurrentDepth, reader.TokenType, begin, end);
        else if (_isNamed)
            Enter(reader.TokenType, end);
        else
            _isNamed = reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals(aside.Member);
    }

    private void Enter(JsonTokenType token, int end)
    {
        aside.Clear();
        _isNamed = false;
        _isWithin = token == JsonTokenType.StartArray;
        if (_isWithin)
            Keep(end);
    }

    /// <summary>The array's own end is at depth 1, its elements are at depth 2.</summary>
    private void SeeWithin(int depth, JsonTokenType token, int begin, int end)
    {
        if (depth > 2)
            return;
        if (depth == 1)
            (_isWithin, _settled) = (false, begin);
        else if (token is JsonTokenType.StartObject or JsonTokenType.StartArray)
            (_isElementUnderWay, _settled) = (true, begin);
        else
            Hand(_isElementUnderWay ? _settled : begin, end);
    }

    private void Hand(int begin, int end)
    {
        aside.Take(_buffer.AsMemory(begin, end - begin));
        (_isElementUnderWay, _settled) = (false, end);
    }

    /// <summary>What lies around the array.</summary>
    private void Keep(int end)
    {
        _rest.Write(_buffer.AsSpan(_settled, end - _settled));
        _settled = end;
    }
}
