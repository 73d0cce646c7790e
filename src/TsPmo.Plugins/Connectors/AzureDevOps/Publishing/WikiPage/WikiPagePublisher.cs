using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Publishing;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.WikiPage;

/// <summary>Keeps one page of a wiki that holds nothing else. Each change is bound to the version that was looked at; nobody is mailed but those who chose to follow the page.</summary>
[Target("AzureDevOps", "WikiPage")]
internal sealed class WikiPagePublisher(AzureDevOpsClient client) : IPublisher
{
    private const int Longest = 100_000;

    private readonly WikiPages _pages = new(client);

    /// <inheritdoc/>
    public async Task<PublicationPlan> PlanAsync(PublicationRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var (place, problem) = await _pages.FindAsync(request.Anchor, cancellationToken);
            if (place is null)
                return request.Report is null ? Nothing() : Refused(problem);
            return Plan(request, place, await _pages.GetAsync(place, cancellationToken));
        }
        catch (TrackerException e)
        {
            return Refused(e.Problem);
        }
    }

    /// <inheritdoc/>
    public async Task<WriteResult> ApplyAsync(PlannedWrite write, CancellationToken cancellationToken)
    {
        if (Kept.Read(write.Precondition, WikiJson.Default.WikiPlace) is not { } place)
            return new() { Problem = new("plan-not-understood", "The planned write is not one of this publisher's.", "Plan again.") };
        try
        {
            return write.Payload is { } content ? await WriteAsync(place, content, cancellationToken) : await TakeBackAsync(place, cancellationToken);
        }
        catch (TrackerException e)
        {
            return new() { Problem = Explained(e), IsUncertain = e.IsUncertain };
        }
    }

    private static PublicationPlan Plan(PublicationRequest request, WikiPlace place, StandingPage? page)
    {
        var ours = new MarkedReport(request.Id);
        var plan = Nothing() with { Standing = page?.Content, Desired = request.Report is { } report ? ours.Markdown(report, Longest) : null, RemoteId = page?.Id };
        var isOurs = page is not null && (ours.IsOurs(page.Content) || page.Id == request.Last?.RemoteId);
        if (page is not null && !isOurs)
            return request.Report is null || page.IsCover ? OfNobody(request, place, page, plan) : plan with { Outcome = PlanOutcome.Refused, Problem = Taken(request, place) };
        var isUntouched = page is not null && (ours.Vouches(page.Content) || (request.Last?.Written is { } written && MarkedReport.Same(page.Content, written)));
        if (page is not null && !isUntouched && !request.TakesOver)
            return plan with { Outcome = PlanOutcome.Conflict, Problem = Edited(request, place) };
        if (request.Report is null)
            return page is null ? plan : Planned(request, place, page, plan, PlanOutcome.Retract);
        return isUntouched && ours.Says(page?.Content, request.Report)
            ? plan with { Desired = plan.Standing, Written = page?.Content }
            : Planned(request, place, page, plan, page is null ? PlanOutcome.Create : PlanOutcome.Update);
    }

    /// <summary>A page that we made to hold others may be written; to take back, nothing of this publication stands there.</summary>
    private static PublicationPlan OfNobody(PublicationRequest request, WikiPlace place, StandingPage page, PublicationPlan plan) => request.Report is null
        ? Nothing()
        : Planned(request, place, page, plan with { Standing = null, RemoteId = null }, PlanOutcome.Create);

    private static PublicationPlan Planned(PublicationRequest request, WikiPlace place, StandingPage? page, PublicationPlan plan, PlanOutcome kind) => plan with
    {
        Outcome = kind,
        Write = new(kind, request.Anchor, plan.RemoteId, plan.Desired, null, JsonSerializer.Serialize(place with { Version = page?.Version }, WikiJson.Default.WikiPlace)),
    };

    private async Task<WriteResult> WriteAsync(WikiPlace place, string content, CancellationToken cancellationToken)
    {
        if (place.Version is null)
            await _pages.CoverAsync(place, cancellationToken);
        var isDone = await _pages.PutAsync(place, content, cancellationToken);
        var page = await AfterAsync(place, cancellationToken);
        // Somebody was faster, or our first attempt arrived and only its answer was lost.
        return isDone || MarkedReport.Same(page?.Content, content) ? new() { RemoteId = page?.Id, Written = page?.Content ?? content } : new() { Problem = Meanwhile(place) };
    }

    /// <summary>The page after the write; null where it cannot be read now.</summary>
    private async Task<StandingPage?> AfterAsync(WikiPlace place, CancellationToken cancellationToken)
    {
        try
        {
            return await _pages.GetAsync(place, cancellationToken);
        }
        catch (TrackerException)
        {
            return null;
        }
    }

    /// <summary>With a page would go what lies under it; a page under which somebody put others stays and holds nothing of ours.</summary>
    private async Task<WriteResult> TakeBackAsync(WikiPlace place, CancellationToken cancellationToken)
    {
        if (await _pages.GetAsync(place, cancellationToken) is not { } page)
            return new();
        if (page.Version != place.Version)
            return new() { Problem = Meanwhile(place) };
        if (page.HasPagesBelow)
            return await _pages.PutAsync(place, WikiPages.Cover, cancellationToken) ? new() : new() { Problem = Meanwhile(place) };
        await _pages.RemoveAsync(place, cancellationToken);
        return new();
    }

    private static PublicationPlan Nothing() => new() { Outcome = PlanOutcome.Unchanged, Quiet = true };

    private static PublicationPlan Refused(Problem? problem) => Nothing() with { Outcome = PlanOutcome.Refused, Problem = problem };

    private static Problem Edited(PublicationRequest request, WikiPlace place) => new(
        "edited-by-a-person",
        $"Somebody changed our wiki page {place.Path} of project {place.Project}; their text stays.",
        "Decide on the console's page of publications whose text stands, or delete the page to have it made anew.") { Scope = request.Id };

    private static Problem Taken(PublicationRequest request, WikiPlace place) => new(
        "page-of-others",
        $"The wiki page {place.Path} of project {place.Project} is there already and is not ours; it is left as it is.",
        "Name a page that does not exist yet as Anchor.") { Scope = request.Id };

    private static Problem Meanwhile(WikiPlace place) => new(
        "changed-meanwhile", $"The wiki page {place.Path} of project {place.Project} was changed while it was being written; nothing was written.", "The next run looks again.") { Retryable = true };

    private static Problem Explained(TrackerException failure) => failure.Status is 401 or 403
        ? failure.Problem with { Remedy = "Give the token the scope Wiki (read & write), and its account the permission to contribute to the wiki's repository." }
        : failure.Problem;
}
