namespace TsPmo.Sandbox.Portfolio;

/// <summary>Names and titles.</summary>
internal static class Wording
{
    private static readonly string[] GivenNames =
    [
        "Ada", "Bruno", "Carla", "Dmitri", "Elif", "Fabienne", "Grace", "Hassan", "Ines", "Jürg", "Kofi", "Lena", "Marco", "Noémie", "Oskar", "Priya", "Quentin", "Rosa",
        "Søren", "Tamara", "Ueli", "Vera", "Wei", "Ximena", "Yusuf", "Zoë",
    ];

    public static IReadOnlyList<string> FamilyNames { get; } =
    [
        "Ammann", "Bianchi", "Costa", "Dubois", "Eriksen", "Favre", "Gasser", "Huber", "Ivanov", "Jensen", "Keller", "Lopez", "Meier", "Novak", "Okafor", "Peric", "Rossi", "Suter",
        "Tanaka", "Urban", "Vogel", "Weber", "Yilmaz", "Zürcher",
    ];

    private static readonly string[] Verbs = ["Add", "Rework", "Simplify", "Migrate", "Expose", "Validate", "Cache", "Archive", "Localise", "Audit", "Import", "Export", "Reconcile", "Throttle", "Encrypt", "Retire"];

    private static readonly string[] Things =
    [
        "invoice list", "address form", "nightly batch", "customer search", "approval step", "audit trail", "rate table", "login page", "message queue", "export file", "price rules", "mail template",
        "settlement job", "user profile", "access roles", "report layout", "health check", "retry logic", "data model", "partner interface",
    ];

    private static readonly string[] Qualifiers = ["for new customers", "in the back office", "on small screens", "with \"four eyes\"", "for Zürich & Genève", "per tenant", "after sign-in", "at month end", "for <legacy> accounts", "behind a switch", "in French", "for auditors"];

    private static readonly string[] Symptoms = ["times out", "shows the wrong total", "loses input", "fails with 500", "sorts wrongly", "ignores the time zone", "is slow", "sends duplicates"];

    public static IReadOnlyList<string> Labels { get; } = ["backend", "frontend", "security", "tech-debt", "ux", "compliance", "performance", "data"];

    public static (string Name, string Email) Person(int index)
    {
        // After eight rounds of given names the steps of seven come back to where they began: a shift keeps a person from being another one.
        var (given, round) = (GivenNames[index % GivenNames.Length], index / GivenNames.Length);
        var family = FamilyNames[(index * 7 + round + (round / 8)) % FamilyNames.Count];
        var number = index >= GivenNames.Length * FamilyNames.Count ? FormattableString.Invariant($"{index}") : "";
        return ($"{given} {family}", $"{Plain(given)}.{Plain(family)}{number}@example.com");
    }

    public static string Story(RandomSequence random) => $"{random.Pick(Verbs)} {random.Pick(Things)} {random.Pick(Qualifiers)}";

    public static string Task(RandomSequence random) => random.Pick<string>(["Design", "Build", "Test", "Document", "Review", "Deploy"]) + " " + random.Pick(Things);

    public static string Bug(RandomSequence random) => $"{Capital(random.Pick(Things))} {random.Pick(Symptoms)} {random.Pick(Qualifiers)}";

    public static string Incident(RandomSequence random) => $"Production: {random.Pick(Things)} {random.Pick(Symptoms)}";

    public static string Risk(RandomSequence random) => $"{Capital(random.Pick(Things))} may not be ready {random.Pick(Qualifiers)}";

    public static string Theme(RandomSequence random) => $"{Capital(random.Pick(Things))} {random.Pick(Qualifiers)}";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Plain(string name) => name.ToLowerInvariant()
        .Replace("ü", "ue", StringComparison.Ordinal).Replace("é", "e", StringComparison.Ordinal).Replace("ø", "o", StringComparison.Ordinal).Replace("ë", "e", StringComparison.Ordinal);
}
