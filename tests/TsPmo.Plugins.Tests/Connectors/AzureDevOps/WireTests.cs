using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;
using TsPmo.Plugins.Connectors.AzureDevOps;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

public sealed class WireTests
{
    private static readonly DateTimeOffset Epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0001-01-01T00:00:00")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-01-01T00:00:00Z")]
    [InlineData("10:30")]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData(null)]
    public void No_date_is_no_instant(string? text) => WireDate.Instant(text).ShouldBeNull();

    [Fact]
    public void A_date_without_a_zone_is_utc_and_the_old_form_is_read_too()
    {
        var expected = new DateTimeOffset(2026, 1, 12, 9, 30, 0, TimeSpan.Zero);
        WireDate.Instant("2026-01-12T09:30:00").ShouldBe(expected);
        WireDate.Instant("2026-01-12T10:30:00+01:00").ShouldBe(expected);
        WireDate.Instant("Mon, 12 Jan 2026 09:30:00 GMT").ShouldBe(expected);
    }

    [Fact]
    public void An_instant_survives_being_written_with_any_number_of_digits() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).Two().Select(p => Epoch.AddTicks((p.Item1 * 1_000_000L) + p.Item2)).ToArbitrary(), instant =>
        {
            var text = instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
            return WireDate.Instant(text) == instant && WireDate.Instant(WireDate.Write(instant)) == instant;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_person_is_the_same_told_as_an_object_or_as_a_text() =>
        Prop.ForAll(Names.Two().ToArbitrary(), pair =>
        {
            var (name, mail) = (pair.Item1, $"{pair.Item2}@Example.com");
            var told = new[]
            {
                JsonSerializer.SerializeToElement($"{name} <{mail}>"),
                JsonSerializer.SerializeToElement(new { displayName = name, uniqueName = mail }),
                JsonSerializer.SerializeToElement(new { id = "x", uniqueName = $"{name} <{mail}>" }),
            }.Select(e => WireIdentity.Read(e)).Distinct().ToList();
            return told is [{ } person] && string.Equals(person.Account, mail, StringComparison.OrdinalIgnoreCase) && !person.Account.Any(char.IsUpper) && person.DisplayName == name && person.Email == person.Account;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("\"Ada\"", "ada", null)]
    [InlineData("\"Ada <ACME\\\\ada>\"", "acme\\ada", null)]
    [InlineData("\"Odd <\"", "odd <", null)]
    [InlineData("{\"displayName\":\"Build\",\"descriptor\":\"svc.X\"}", "svc.x", null)]
    public void A_person_without_an_address_has_an_account_and_no_mail(string json, string account, string? mail)
    {
        var person = WireIdentity.Read(JsonSerializer.Deserialize<JsonElement>(json)).ShouldNotBeNull();
        person.Account.ShouldBe(account);
        person.Email.ShouldBe(mail);
    }

    [Fact]
    public void Tags_are_a_set_without_blanks() =>
        Prop.ForAll(Names.ListOf().ToArbitrary(), tags =>
        {
            var labels = Item(string.Join(" ; ", tags)).Values.GetValueOrDefault(RawFields.Labels).AsList();
            return labels.SequenceEqual(tags.Select(t => t.Trim()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        }).QuickCheckThrowOnFailure();

    private static Gen<string> Names => Gen.Elements("abcdefghijklmnopqrstuvwxyzäöüABCÉ".ToCharArray()).NonEmptyListOf().Select(c => new string([.. c]));

    private static WorkItemFact Item(string tags)
    {
        var body = JsonSerializer.SerializeToElement(new
        {
            id = 1,
            rev = 1,
            fields = new Dictionary<string, object>(StringComparer.Ordinal) { ["System.WorkItemType"] = "Bug", ["System.ChangedDate"] = "2026-01-12T09:30:00Z", ["System.Tags"] = tags },
        });
        return new AzureDevOpsNormaliser().Normalise(new SourceRecord(RecordKinds.Revision, "1/1", body, default)).Facts.OfType<WorkItemFact>().Single();
    }
}
