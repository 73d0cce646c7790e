using System.Globalization;
using System.Text.Json;
using TsPmo.Model.Delivery;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Risks;
using TsPmo.Model.Resources;
using TsPmo.Model.Work;

namespace TsPmo.Testing.Builders;

/// <summary>A hand-computed case in a file: a history, an instant, and the answers a person worked out on paper.</summary>
public sealed class HistoryCase
{
    private HistoryCase(string name, JsonElement root)
    {
        Name = name;
        AsOf = root.GetProperty("asOf").GetDateTimeOffset();
        History = Read(root).Build();
        Given = root.TryGetProperty("given", out _) ? new Evaluation(AsOf, Said(root, "given"), Said(root, "before")) : null;
        Expected = [.. root.GetProperty("expect").EnumerateArray().Select(ExpectedResult.Read)];
    }

    /// <summary>Path of the file below the tests of metrics.</summary>
    public string Name { get; }

    /// <summary>The instant asked for.</summary>
    public DateTimeOffset AsOf { get; }

    /// <summary>What happened.</summary>
    public ProjectHistory History { get; }

    /// <summary>What other metrics said, in a case about metrics that are derived from them; null: the real metrics say it.</summary>
    public Evaluation? Given { get; }

    /// <summary>What must come out.</summary>
    public IReadOnlyList<ExpectedResult> Expected { get; }

    /// <summary>Paths of all cases below a folder of the repository, relative to it.</summary>
    public static IEnumerable<string> Names(string folder)
    {
        var root = Path.Combine(SharedFolder.RepositoryRoot(), folder);
        return Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(Path.GetDirectoryName(f)) == "Cases")
            .Select(f => Path.GetRelativePath(root, f).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Reads one case.</summary>
    public static HistoryCase Load(string folder, string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot(), folder, name)));
        return new(name, document.RootElement);
    }

    private static HistoryBuilder Read(JsonElement root)
    {
        var plan = root.GetProperty("plan");
        var history = new HistoryBuilder
        {
            Zone = TimeZoneInfo.FindSystemTimeZoneById(Text(plan, "zone") ?? "UTC"),
            Holidays = [.. Elements(plan, "holidays").Select(h => Day(h.GetString()) ?? default)],
        };
        history.Project = history.Project with
        {
            Methodology = Enum.Parse<Methodology>(Text(plan, "methodology") ?? "Kanban"),
            Plan = new() { Start = Day(Text(plan, "start")), Finish = Day(Text(plan, "finish")), BaselineAt = Instant(plan, "baselineAt"), Budget = Number(plan, "budget"), Currency = Text(plan, "currency"), Milestones = Texts(plan, "milestones").ToDictionary(m => m.Key, m => Day(m.Value) ?? default) },
            Rates = new(Elements(root, "rates").Select(Rates), Elements(root, "commonRates").Select(Rates), Texts(root, "roles")),
        };
        foreach (var sprint in Elements(root, "sprints"))
        {
            history.Sprint(
                Text(sprint, "id") ?? "", Instant(sprint, "start"), Instant(sprint, "end"), Flag(sprint, "inDays"), Instant(sprint, "completed"), Flag(sprint, "closed"), Instant(sprint, "since"),
                [.. Elements(sprint, "moves").Select(m => (m.GetProperty("at").GetDateTimeOffset(), Instant(m, "start"), Instant(m, "end")))]);
        }

        foreach (var version in Elements(root, "versions"))
        {
            history.Version(
                Text(version, "id") ?? "", Day(Text(version, "start")), Day(Text(version, "date")), Day(Text(version, "released")), Instant(version, "since"),
                [.. Elements(version, "moves").Select(m => (m.GetProperty("at").GetDateTimeOffset(), Day(Text(m, "date"))))]);
        }

        foreach (var link in Elements(root, "blocks"))
            history.Blocks(Text(link, "before") ?? "", Text(link, "after") ?? "");
        foreach (var link in Elements(root, "links"))
            history.Link(Text(link, "from") ?? "", Enum.Parse<LinkKind>(Text(link, "kind") ?? ""), Text(link, "to") ?? "");
        history.Unresolved.UnionWith(Elements(root, "unresolved").Select(id => new SourceId("tracker", id.GetString() ?? "")));
        foreach (var item in Elements(root, "items"))
            Add(history.Item(Text(item, "id") ?? "", Text(item, "connector") ?? "tracker"), item);
        foreach (var entry in Elements(root, "hours"))
            history.Hours(Text(entry, "item") ?? "", Text(entry, "person"), entry.GetProperty("at").GetDateTimeOffset(), entry.GetProperty("hours").GetDecimal());
        foreach (var deployment in Elements(root, "deployments"))
            Add(history, deployment);
        foreach (var run in Elements(root, "runs"))
            AddRun(history, run);
        foreach (var responses in Elements(root, "responses"))
            AddResponses(history, responses);
        foreach (var said in Elements(root, "decisions"))
            history.Decision(Decision(said));
        history.People = [.. Elements(root, "people").Select(Person)];
        foreach (var capacity in Elements(root, "capacities"))
            history.Capacity(Text(capacity, "team") ?? "", Text(capacity, "sprint") ?? "", [.. Elements(capacity, "members").Select(Member)], !capacity.TryGetProperty("isOwn", out var own) || own.GetBoolean());
        return history;
    }

    private static RiskDecision Decision(JsonElement said) =>
        new(Text(said, "risk") ?? "", Instant(said, "at") ?? default, "somebody", Enum.Parse<RiskStatus>(Text(said, "status") ?? ""), "The case says so.")
        {
            Title = "said in the case",
            Probability = said.TryGetProperty("probability", out var probability) ? probability.GetDecimal() : null,
            Impact = said.TryGetProperty("impact", out var impact) ? impact.GetDecimal() : null,
        };

    private ResultSet Said(JsonElement root, string name) => new(Elements(root, name).Select(Said));

    private MetricResult Said(JsonElement told)
    {
        var figure = new Figure(new(Text(told, "metric") ?? "", "told by the case", Text(told, "unit") ?? "ratio"), "told");
        var band = Text(told, "band") is { } name ? Enum.Parse<Band>(name, ignoreCase: true) : (Band?)null;
        MetricResult result = Text(told, "reason") is { } reason
            ? figure.Unknown(AsOf, Enum.Parse<Reason>(reason), "The case says so.")
            : figure.Known(AsOf, told.TryGetProperty("value", out var value) ? value.GetDecimal() : 0, n: 9);
        Finding[] findings = [.. Elements(told, "findings").Select(f => new Finding(Text(f, "name") ?? "", f.GetProperty("share").GetDecimal(), "Told by the case."))];
        Evidence[] evidence = [.. Elements(told, "evidence").Select(e => new Evidence(new("tracker", e.GetString() ?? ""), "told", null))];
        return result with { Subject = Text(told, "subject"), Band = band, Findings = findings, Evidence = evidence };
    }

    private static void Add(ItemBuilder builder, JsonElement item)
    {
        foreach (var property in item.EnumerateObject().Where(p => p.Name is not ("id" or "connector" or "created" or "changes")))
            builder.With(property.Name, Value(property.Name, property.Value));
        if (Instant(item, "created") is { } created)
            builder.Created = created;
        foreach (var change in Elements(item, "changes"))
        {
            foreach (var property in change.EnumerateObject().Where(p => p.Name != "at"))
                builder.Change(change.GetProperty("at").GetDateTimeOffset(), property.Name, Value(property.Name, property.Value));
        }
    }

    private static void Add(HistoryBuilder history, JsonElement deployment)
    {
        var id = Text(deployment, "id") ?? "";
        history.Deployment(
            id,
            Instant(deployment, "finished"),
            Text(deployment, "environment") ?? "production",
            Enum.Parse<DeploymentResult>(Text(deployment, "result") ?? nameof(DeploymentResult.Succeeded)),
            !deployment.TryGetProperty("isProduction", out var production) || production.GetBoolean());
        history.Of(id, d => d with
        {
            Pipeline = Text(deployment, "pipeline") ?? d.Pipeline,
            Revision = Text(deployment, "revision"),
            Run = Text(deployment, "run") is { } run ? new SourceId("tracker", run) : null,
        });
        history.Brought(id, new()
        {
            Commits = [.. Elements(deployment, "commits").Select(Instant)],
            PullRequests = [.. Elements(deployment, "pullRequests").Select(Instant)],
            Items = [.. Elements(deployment, "items").Select(i => i.GetString() ?? "")],
            Causes = [.. Elements(deployment, "causes").Select(i => i.GetString() ?? "")],
        });
    }

    /// <summary>As many surveys of one score and instant as <c>count</c> says.</summary>
    private static void AddResponses(HistoryBuilder history, JsonElement responses)
    {
        int? score = responses.TryGetProperty("score", out var given) ? given.GetInt32() : null;
        for (var i = 0; i < (responses.TryGetProperty("count", out var count) ? count.GetInt32() : 1); i++)
            history.Response($"{Text(responses, "id") ?? score?.ToString(CultureInfo.InvariantCulture) ?? "none"}.{i}", Instant(responses, "at") ?? default, score);
    }

    private static void AddRun(HistoryBuilder history, JsonElement run) => history.Run(
        Text(run, "id") ?? "",
        Instant(run, "finished") ?? default,
        run.TryGetProperty("branch", out var branch) ? branch.GetString() : "refs/heads/main",
        Enum.Parse<DeploymentResult>(Text(run, "result") ?? nameof(DeploymentResult.Succeeded)),
        run.TryGetProperty("tests", out var tests) ? new(tests[0].GetInt64(), tests[1].GetInt64(), tests[2].GetInt64()) : null,
        run.TryGetProperty("lines", out var lines) ? new(lines[0].GetInt64(), lines[1].GetInt64()) : null,
        Text(run, "pipeline") ?? "build");

    private static PersonDefinition Person(JsonElement person) => new(
        Text(person, "id") ?? "",
        [.. Elements(person, "accounts").Select(a => new SourceId("tracker", a.GetString() ?? ""))],
        Text(person, "role"),
        person.TryGetProperty("hoursPerDay", out var hours) ? hours.GetDecimal() : null)
    {
        Absences = [.. Elements(person, "absences").Select(a => DateWindow.Read(a.GetString() ?? "")).OfType<DateWindow>()],
    };

    private static TeamMember Member(JsonElement member) => new(
        Text(member, "person") ?? "", member.GetProperty("hoursPerDay").GetDecimal(), [.. Elements(member, "daysOff").Select(d => Day(d.GetString()) ?? default)]);

    private static object? Value(string field, JsonElement value) => field switch
    {
        "state" => Enum.Parse<State>(value.GetString() ?? ""),
        "kind" => Enum.Parse<WorkItemKind>(value.GetString() ?? ""),
        "points" or "estimateHours" or "remainingHours" or "completedWork" => value.ValueKind == JsonValueKind.Null ? null : value.GetDecimal(),
        "plannedStart" or "plannedFinish" => Day(value.GetString()),
        "deleted" or "blocked" or "waiting" or "inScope" => value.GetBoolean(),
        "sprints" or "milestones" or "labels" or "components" => value.EnumerateArray().Select(e => e.GetString() ?? "").ToArray(),
        _ => value.GetString(),
    };

    private static RateTable Rates(JsonElement table) => new(Day(Text(table, "from")) ?? default)
    {
        Default = Number(table, "default"),
        Roles = Numbers(table, "roles"),
        People = Numbers(table, "people"),
    };

    private static Dictionary<string, decimal> Numbers(JsonElement parent, string name) => Members(parent, name).ToDictionary(p => p.Name, p => p.Value.GetDecimal());

    private static Dictionary<string, string> Texts(JsonElement parent, string name) => Members(parent, name).ToDictionary(p => p.Name, p => p.Value.GetString() ?? "");

    private static IEnumerable<JsonProperty> Members(JsonElement parent, string name) => parent.TryGetProperty(name, out var members) ? members.EnumerateObject() : [];

    private static decimal? Number(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetDecimal() : null;

    private static IEnumerable<JsonElement> Elements(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) ? list.EnumerateArray() : [];

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool Flag(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.GetBoolean();

    private static DateTimeOffset? Instant(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetDateTimeOffset() : null;

    private static DateTimeOffset? Instant(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetDateTimeOffset();

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
