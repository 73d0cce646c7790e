using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Tests.Http;

/// <summary>An answer that is cut into elements while it is read says what the parsed one says.</summary>
public sealed class AnswerSplitterTests
{
    private const string Member = "issues";
    private const int SmallestBuffer = 16;

    /// <summary>Names that are, that look like and that merely contain the array's, plain and escaped.</summary>
    private static readonly Gen<string> Name = Gen.Elements("\"issues\"", "\"iss\\u0075es\"", "\"Issues\"", "\"issues \"", "\"\"", "\"a\\\"issues\\\"\"", "\"é\"", "\"next\"");

    private static readonly Gen<string> Scalar = Gen.OneOf(
        Gen.Elements("null", "true", "false", "0", "-12.5e+30", "\"\"", "\"issues\"", "\"[\"", "\"]},{\\\"\"", "\"\\u00e9\\\\\"", "\"😀é\"", "12345678901234567890"),
        ArbMap.Default.GeneratorFor<string>().Where(s => s is not null).Select(s => JsonSerializer.Serialize(s)),
        Gen.Choose(0, 200).Select(n => $"\"{new string('x', n)}\""));

    private static readonly Gen<string> Space = Gen.Elements("", "", "", " ", "\n\t", "                    ");

    private static readonly Gen<string> Documents = Gen.Sized(size => Gen.Zip(Space, Gen.Frequency((8, Object(Math.Min(size, 12))), (1, Value(6)))).Select(d => d.Item1 + d.Item2));

    private static readonly Gen<(string Text, int Buffer, int Chunk)> Readings =
        Gen.Zip(Documents, Gen.Zip(Gen.Choose(SmallestBuffer, 100), Gen.Choose(1, 40))).Select(r => (r.Item1, r.Item2.Item1, r.Item2.Item2));

    [Fact]
    public void Any_document_in_any_pieces_is_cut_into_what_it_holds_when_parsed_whole() => Prop.ForAll(Readings.ToArbitrary(), reading =>
    {
        var split = Split(Encoding.UTF8.GetBytes(reading.Text), reading.Buffer, reading.Chunk).ShouldNotBeNull();
        using var whole = JsonDocument.Parse(reading.Text);
        split.Elements.ShouldBe(Elements(whole.RootElement));
        split.Rest.ShouldBe(WithoutElements(whole.RootElement));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_no_JSON_when_read_whole_is_none_in_pieces() => Prop.ForAll(
        Gen.Zip(Readings, Gen.Zip(Gen.Choose(0, 10_000), Gen.Elements("", ",", "]", "}", "[", "\"", ":", "x", "1", " ", "\0"))).ToArbitrary(), damage =>
        {
            var ((text, buffer, chunk), (place, surplus)) = damage;
            var at = place % (text.Length + 1);
            var damaged = Encoding.UTF8.GetBytes(surplus.Length == 0 ? text[..at] : text.Insert(at, surplus));
            (Split(damaged, buffer, chunk) is null).ShouldBe(!IsJson(damaged));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_element_larger_than_the_buffer_is_handed_over_whole()
    {
        var large = $$"""{"text":"{{new string('a', 300_000)}}","more":[1,2,{"deep":[]}]}""";
        var split = Split(Encoding.UTF8.GetBytes($$"""{"issues":[{"id":1},{{large}},2],"isLast":true}"""), SmallestBuffer, chunk: 1000).ShouldNotBeNull();
        split.Elements.ShouldBe(["""{"id":1}""", large, "2"]);
        split.Rest.ShouldBe("""{"issues":[],"isLast":true}""");
    }

    [Fact]
    public void Arrays_of_the_name_further_inside_stay_where_they_are()
    {
        var split = Split("""{"a":{"issues":[1]},"issues":[{"issues":[2,3]},["issues",[4]]],"b":[{"issues":[5]}]}"""u8.ToArray(), SmallestBuffer, chunk: 7).ShouldNotBeNull();
        split.Elements.ShouldBe(["""{"issues":[2,3]}""", """["issues",[4]]"""]);
        split.Rest.ShouldBe("""{"a":{"issues":[1]},"issues":[],"b":[{"issues":[5]}]}""");
    }

    [Fact]
    public void A_mark_of_the_byte_order_is_passed_over_as_when_parsing_whole() =>
        Split([0xEF, 0xBB, 0xBF, .. """{"issues":[1]}"""u8], SmallestBuffer, chunk: 2).ShouldNotBeNull().Elements.ShouldBe(["1"]);

    [Fact]
    public void An_array_that_is_not_there_leaves_no_elements_and_the_answer_as_it_is()
    {
        var split = Split("""{"values":[1],"issues":{"issues":[2]}}"""u8.ToArray(), SmallestBuffer, chunk: 3).ShouldNotBeNull();
        split.Elements.ShouldBeEmpty();
        split.Rest.ShouldBe("""{"values":[1],"issues":{"issues":[2]}}""");
    }

    [Fact]
    public async Task The_bytes_of_the_elements_are_told()
    {
        var aside = new SetAside<int>(Member, e => e.GetArrayLength());
        using var splitter = new AnswerSplitter(new MemoryStream("""{"issues" : [ [1,2] , [3] ]}"""u8.ToArray()), aside);
        using var rest = await splitter.ReadAsync(TestContext.Current.CancellationToken);
        aside.Made.ShouldBe([2, 1]);
        aside.Bytes.ShouldBe("[1,2][3]".Length);
    }

    private static Gen<string> Value(int size) => size <= 0
        ? Scalar
        : Gen.Frequency((3, Scalar), (2, Object(size / 2)), (2, Array(size / 2)));

    private static Gen<string> Object(int size) =>
        Gen.Zip(Gen.ListOf(Gen.Zip(Name, Gen.Zip(Space, Value(size)))).Select(m => string.Join(',', m.Take(size).Select(p => $"{p.Item1}{p.Item2.Item1}:{p.Item2.Item2}"))), Space)
            .Select(o => $"{{{o.Item2}{o.Item1}}}{o.Item2}");

    private static Gen<string> Array(int size) =>
        Gen.Zip(Gen.ListOf(Value(size)), Space).Select(a => $"[{a.Item2}{string.Join(a.Item2 + ",", a.Item1.Take(size))}]");

    private static List<string> Elements(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(Member, out var array) && array.ValueKind == JsonValueKind.Array
            ? [.. array.EnumerateArray().Select(e => e.GetRawText())]
            : [];

    /// <summary>What lies around, without the elements of any array of the name: of several only the last is seen.</summary>
    private static string WithoutElements(JsonElement root) => root.ValueKind != JsonValueKind.Object ? Plain(root) : $"{{{string.Join(',', root.EnumerateObject().Select(m =>
        $"{JsonSerializer.Serialize(m.Name)}:{(m.Name == Member && m.Value.ValueKind == JsonValueKind.Array ? "[]" : Plain(m.Value))}"))}}}";

    private static string Plain(JsonElement element) => JsonSerializer.Serialize(element);

    private static bool IsJson(byte[] text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Parts? Split(byte[] text, int buffer, int chunk)
    {
        var aside = new SetAside<string>(Member, e => e.GetRawText());
        using var splitter = new AnswerSplitter(new Pieces(text, chunk), aside, buffer);
        try
        {
            using var rest = splitter.ReadAsync(TestContext.Current.CancellationToken).GetAwaiter().GetResult();
            return new(aside.Made, WithoutElements(rest.RootElement));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Parts(IReadOnlyList<string> Elements, string Rest);

    /// <summary>Gives only so many bytes at a time, as a network does.</summary>
    private sealed class Pieces(byte[] text, int chunk) : MemoryStream(text)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
