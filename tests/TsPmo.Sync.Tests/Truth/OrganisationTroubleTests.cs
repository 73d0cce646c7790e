using System.Text.Json.Nodes;
using TsPmo.Testing.Apps;

namespace TsPmo.Sync.Tests.Truth;

/// <summary>What goes wrong in an organisation is told, and everything else is stored: nothing is concluded, emptied or lost because of it.</summary>
public sealed class OrganisationTroubleTests(TroubledOrganisation organisation) : IClassFixture<TroubledOrganisation>
{
    [Fact]
    public void A_token_that_expires_in_the_middle_of_a_pass_is_told_and_not_tried_again()
    {
        var expired = organisation["expired"];
        expired.Run.ExitCode.ShouldBe(1);
        expired.Errors.ShouldHaveSingleItem().Code.ShouldBe("authentication-failed");
        expired.Refusals.ShouldBe(1);
    }

    [Fact]
    public void What_was_read_before_the_token_expired_is_stored()
    {
        foreach (var kind in new[] { "work-items", "changes", "sprints", "time-entries" })
            organisation["expired"].Moment.Differences(kind).ShouldBeEmpty(kind);
        organisation["expired"].Moment.Differences("deployments").ShouldNotBeEmpty();
    }

    [Fact]
    public void With_a_new_token_the_rest_is_read() => ShouldBeTheTruth("renewed");

    [Fact]
    public void A_project_that_disappears_is_told_and_the_others_are_read()
    {
        var gone = organisation["gone"];
        gone.Run.ExitCode.ShouldBe(1);
        gone.Errors.ShouldBe([("project-unknown", TroubledOrganisation.Gone)]);
        var others = gone.Moment.Differences("work-items", int.MaxValue).Where(d => !IsOf(organisation["back"], TroubledOrganisation.Gone, d));
        others.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_concluded_about_the_items_of_a_project_that_disappeared()
    {
        bool IsGone(JsonObject row) => (string?)row["project"] == TroubledOrganisation.Gone;
        var before = organisation["renewed"].Rows("work-items", IsGone);
        before.Count.ShouldBeGreaterThan(5);
        organisation["gone"].Rows("work-items", IsGone).ShouldBe(before);
        organisation["swept"].Rows("work-items", IsGone).ShouldBe(before);
    }

    [Fact]
    public void A_project_that_comes_back_is_told_whole() => ShouldBeTheTruth("back");

    [Fact]
    public void A_destroyed_item_is_found_gone_by_the_next_sweep_and_keeps_its_history()
    {
        bool IsIt(JsonObject row) => (string?)row["id"] == organisation.Destroyed;
        bool IsDeletion(JsonObject row) => IsIt(row) && (string?)row["field"] == "deleted";
        organisation["unnoticed"].Run.ExitCode.ShouldBe(0);
        organisation["destroyed"].Run.ExitCode.ShouldBe(0, organisation["destroyed"].Run.Errors);
        var item = organisation["destroyed"].Moment.Rows("work-items").Single(IsIt);
        ((bool)item["deleted"]!).ShouldBeTrue();
        var deletion = organisation["destroyed"].Moment.Rows("changes").Single(IsDeletion);
        deletion["author"].ShouldBeNull();
        organisation["destroyed"].Rows("changes", r => IsIt(r) && !IsDeletion(r)).ShouldBe(organisation["back"].Rows("changes", IsIt));
        organisation["destroyed"].Rows("work-items", r => !IsIt(r)).ShouldBe(organisation["back"].Rows("work-items", r => !IsIt(r)));
    }

    [Fact]
    public void A_revision_that_violates_its_own_type_is_quarantined_by_itself()
    {
        var violated = organisation["violated"];
        violated.Run.ExitCode.ShouldBe(1);
        violated.Errors.ShouldHaveSingleItem().Code.ShouldBe("record-not-understood");
        ((long)violated.Connector["quarantined"]!).ShouldBe(1);
        foreach (var kind in TruthExperiment.Identities.Keys)
            violated.Moment.Differences(kind, int.MaxValue).Where(d => !Concerns(d, organisation.Violated) && !Concerns(d, organisation.Destroyed)).ShouldBeEmpty(kind);
    }

    private static bool Concerns(string difference, string id) => difference.Contains($"\"{id}\"", StringComparison.Ordinal);

    private static bool IsOf(Trouble trouble, string project, string difference) =>
        trouble.Moment.Rows("work-items").Any(i => (string?)i["project"] == project && Concerns(difference, (string)i["id"]!));

    private void ShouldBeTheTruth(string moment)
    {
        organisation[moment].Run.ExitCode.ShouldBe(0, organisation[moment].Run.Output);
        foreach (var kind in TruthExperiment.Identities.Keys)
            organisation[moment].Moment.Differences(kind).ShouldBeEmpty(kind);
    }
}
