using TsPmo.Model.Publishing.Templates;
using TsPmo.Plugins;
using TsPmo.Sync.Configuration.Options;
using TsPmo.Sync.Configuration.Reading;

namespace TsPmo.Sync.Configuration.Checking;

/// <summary>Whether publications can be written, and no two of them write into the same place.</summary>
internal sealed class PublicationChecks(TsPmoOptions options, PluginCatalog catalog, SettingProblems problems)
{
    private const string FieldsTarget = "Fields";

    private readonly Dictionary<string, string> _places = new(StringComparer.OrdinalIgnoreCase);

    public void Check()
    {
        foreach (var (projectKey, project) in options.Projects.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            foreach (var (name, publication) in project.Publish.OrderBy(p => p.Key, StringComparer.Ordinal))
                Check($"TsPmo:Projects:{projectKey}:Publish:{name}", name, publication);
        }

        foreach (var (portfolioKey, portfolio) in options.Portfolios.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            foreach (var (name, publication) in portfolio.Publish.OrderBy(p => p.Key, StringComparer.Ordinal))
                Check($"TsPmo:Portfolios:{portfolioKey}:Publish:{name}", name, publication);
        }
    }

    private void Check(string path, string name, PublicationOptions publication)
    {
        ProjectChecks.CheckName(path, name, problems);
        ConnectorChecks.RequireConnector(options, $"{path}:Connector", publication.Connector, problems);
        CheckTarget(path, publication);
        foreach (var (field, template) in publication.Fields)
            CheckPlaceholders($"{path}:Fields:{field}", template);
        CheckPlaces(path, publication);
    }

    private void CheckTarget(string path, PublicationOptions publication)
    {
        if (!options.Connectors.TryGetValue(publication.Connector, out var connector) || catalog.Connector(connector.Type) is not { } plugin || publication.Target.Length == 0)
            return;
        var targets = catalog.Targets(plugin.Type);
        if (!targets.Contains(publication.Target, StringComparer.OrdinalIgnoreCase))
            problems.Add($"{path}:Target", publication.Target, $"cannot be written through a connector of type {plugin.Type}", NearestName.Advice(publication.Target, [.. targets]));
        if (publication.Target.Equals(FieldsTarget, StringComparison.OrdinalIgnoreCase) && publication.Fields.Count == 0)
            problems.Add($"{path}:Fields", null, "is missing", "name at least one field and the template of its value, such as {rag.overall}");
    }

    private void CheckPlaceholders(string path, string template)
    {
        var flaws = new List<TemplateFlaw>();
        foreach (var name in TemplateText.Parse(template, flaws).Placeholders.Select(p => p.Name).Where(n => !ReportChecks.Names.Contains(n)))
            problems.Add(path, template, $"uses {{{name}}}, which is not a metric", NearestName.Advice(name, ReportChecks.Names));
        foreach (var flaw in flaws)
            problems.Add(path, flaw.Where, flaw.What, flaw.Remedy);
    }

    private void CheckPlaces(string path, PublicationOptions publication)
    {
        if (publication.Anchor.Length == 0 || !options.Connectors.TryGetValue(publication.Connector, out var connector))
            return;
        var anchor = $"{connector.BaseUrl?.AbsoluteUri.TrimEnd('/')} {publication.Target} {publication.Anchor}";
        if (!publication.Target.Equals(FieldsTarget, StringComparison.OrdinalIgnoreCase))
            Claim(anchor, path, $"{path}:Anchor", publication.Anchor, "choose another anchor or target, or remove one of them");
        foreach (var (field, template) in publication.Fields)
            Claim($"{anchor} {field}", path, $"{path}:Fields:{field}", template, "choose another field or anchor, or remove one of them");
    }

    private void Claim(string place, string owner, string key, string value, string right)
    {
        if (!_places.TryAdd(place, owner) && _places[place] != owner)
            problems.Add(key, value, $"writes into the same place as {_places[place]}", right);
    }
}
