using System.Text;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Tests.Fixtures;

namespace TsPmo.Engine.Tests.Storage;

public sealed class ApiKeyTests : IDisposable
{
    private readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_key_is_known_by_its_text_until_it_is_revoked()
    {
        await using var engine = await TestEngine.OpenAsync(_file);
        var keys = engine.Get<IApiKeys>();
        var (key, text) = await keys.CreateAsync("ci", ApiRole.Operator, CancellationToken.None);
        var (other, _) = await keys.CreateAsync("dashboard", ApiRole.Reader, CancellationToken.None);

        (await keys.FindAsync(text, CancellationToken.None)).ShouldBe(key);
        (await keys.RevokeAsync(key.Id, CancellationToken.None)).ShouldBeTrue();
        (await keys.RevokeAsync(key.Id, CancellationToken.None)).ShouldBeFalse();
        (await keys.FindAsync(text, CancellationToken.None)).ShouldBeNull();
        (await keys.ListAsync(CancellationToken.None)).Select(k => (k.Id, k.Name, k.Role, k.RevokedAt is null))
            .ShouldBe([(key.Id, "ci", ApiRole.Operator, false), (other.Id, "dashboard", ApiRole.Reader, true)], ignoreOrder: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tspmo_")]
    [InlineData("tspmo_x")]
    [InlineData("Bearer")]
    public async Task What_is_no_key_opens_nothing(string text)
    {
        await using var engine = await TestEngine.OpenAsync(_file);
        (await engine.Get<IApiKeys>().FindAsync(text, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task The_secret_of_another_key_opens_nothing_and_no_secret_is_in_the_store()
    {
        string one, two;
        await using (var engine = await TestEngine.OpenAsync(_file))
        {
            var keys = engine.Get<IApiKeys>();
            one = (await keys.CreateAsync("one", ApiRole.Reader, CancellationToken.None)).Text;
            two = (await keys.CreateAsync("two", ApiRole.Reader, CancellationToken.None)).Text;
            (await keys.FindAsync($"tspmo_{one.Split('_')[1]}_{two.Split('_', 3)[2]}", CancellationToken.None)).ShouldBeNull();
        }

        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(_file.Path)!))
        {
            var content = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, CancellationToken.None));
            content.ShouldNotContain(one.Split('_', 3)[2]);
            content.ShouldNotContain(two.Split('_', 3)[2]);
        }
    }
}
