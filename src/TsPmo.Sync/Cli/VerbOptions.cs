using System.CommandLine;
using TsPmo.Model;
using TsPmo.Sync.Configuration.Reading;

namespace TsPmo.Sync.Cli;

/// <summary>Options that several verbs share, each made anew for its verb.</summary>
internal static class VerbOptions
{
    public static Option<string[]> Connectors() => Repeatable("--connector", "N", "Only this connector; may be repeated");

    public static Option<string[]> Projects() => Repeatable("--project", "K", "Only this project; may be repeated");

    /// <summary>An instant; anything else is a usage error.</summary>
    public static Option<DateTimeOffset?> AsOf() => new("--as-of")
    {
        Description = "The instant whose truth is told, such as 2026-01-12T00:00:00Z; default: now",
        HelpName = "INSTANT",
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            var (value, mistake) = PlainValue.Read(typeof(DateTimeOffset), text, new SettingAttribute(""));
            if (mistake is not null)
                result.AddError($"--as-of: \"{text}\" {mistake.Wrong}; {mistake.Right}.");
            return value as DateTimeOffset?;
        },
    };

    private static Option<string[]> Repeatable(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Arity = ArgumentArity.ZeroOrMore };
}
