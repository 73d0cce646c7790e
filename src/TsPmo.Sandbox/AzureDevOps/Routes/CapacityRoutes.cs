using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>Capacities of an iteration: of one team by person, of all teams in sum, and the team's common days off.</summary>
internal static class CapacityRoutes
{
    private static readonly TeamCapacity None = new([], []);

    public static void Map(RouteTable routes)
    {
        const string iteration = "work/teamsettings/iterations/{iteration}";
        routes.Team(HttpMethods.Get, iteration + "/capacities", OfTeam);
        routes.Team(HttpMethods.Get, iteration + "/capacities/{member}", OfMember);
        routes.Team(HttpMethods.Get, iteration + "/teamdaysoff", DaysOff);
        routes.Project(HttpMethods.Get, "work/iterations/{iteration}/iterationcapacities", OfAllTeams);
    }

    private static Answer OfTeam(ApiCall call)
    {
        var (node, capacity) = Stated(call);
        var members = capacity.Members.Select(member => Member(call, node, member)).ToList();
        if (call.Version < ApiDialect.CapacityTotals)
            return Answer.List(members);
        return new Answer(new
        {
            teamMembers = members,
            totalCapacityPerDay = PerDay(capacity),
            totalDaysOff = TotalDaysOff(capacity),
        });
    }

    private static Answer OfMember(ApiCall call)
    {
        var (node, capacity) = Stated(call);
        return capacity.Members.FirstOrDefault(member => member.Member.Id.ToString().Equals(call.Route("member"), StringComparison.OrdinalIgnoreCase)) is { } found
            ? new Answer(Member(call, node, found))
            : throw Refusal.NotFound($"The team has no member {call.Route("member")} in this iteration.", "TeamMemberNotFoundException");
    }

    private static Answer DaysOff(ApiCall call)
    {
        var (node, capacity) = Stated(call);
        return new Answer(new { daysOff = Ranges(capacity.DaysOff), url = $"{TeamRoutes.IterationAddress(call, node)}/teamdaysoff" });
    }

    private static Answer OfAllTeams(ApiCall call)
    {
        var project = call.Project;
        if (!Guid.TryParse(call.Route("iteration"), out var id) || project.Iterations.SelfAndDescendants().All(node => node.Identifier != id))
            throw Refusal.NotFound($"There is no iteration {call.Route("iteration")}.", "IterationNotFoundException");
        var teams = project.Teams.Where(team => team.Iterations.Exists(node => node.Identifier == id))
            .Select(team => (team.Id, Capacity: team.Capacities.GetValueOrDefault(id, None))).ToList();
        return new Answer(new
        {
            teams = teams.ConvertAll(team => new { teamId = team.Id, teamCapacityPerDay = PerDay(team.Capacity), teamTotalDaysOff = TotalDaysOff(team.Capacity) }),
            totalIterationCapacityPerDay = teams.Sum(team => PerDay(team.Capacity)),
            totalIterationDaysOff = teams.Sum(team => TotalDaysOff(team.Capacity)),
        });
    }

    private static (ClassificationNode Node, TeamCapacity Capacity) Stated(ApiCall call)
    {
        var node = TeamRoutes.Selected(call);
        return (node, call.Team.Capacities.GetValueOrDefault(node.Identifier, None));
    }

    private static object Member(ApiCall call, ClassificationNode node, MemberCapacity member) => new
    {
        teamMember = call.Links.Identity(member.Member),
        activities = member.Activities.Select(activity => new { capacityPerDay = activity.HoursPerDay, name = activity.Activity }).ToList(),
        daysOff = Ranges(member.DaysOff),
        url = $"{TeamRoutes.IterationAddress(call, node)}/capacities/{member.Member.Id}",
    };

    private static List<object> Ranges(IReadOnlyList<DateRange> ranges) => [.. ranges.Select(range => new { start = WireDate.Write(range.First), end = WireDate.Write(range.Last) })];

    private static double PerDay(TeamCapacity capacity) => capacity.Members.SelectMany(member => member.Activities).Sum(activity => activity.HoursPerDay);

    /// <summary>Calendar days; a common day off counts once for every member.</summary>
    private static int TotalDaysOff(TeamCapacity capacity) =>
        capacity.Members.SelectMany(member => member.DaysOff).Sum(Days) + capacity.DaysOff.Sum(Days) * capacity.Members.Count;

    private static int Days(DateRange range) => range.Last.DayNumber - range.First.DayNumber + 1;
}
