using System.Runtime.CompilerServices;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// Pipelines that the configuration has named since the last reading: their runs of the past year count now, so that what they brought must be known too. That they
/// count needs no reading; only this does.
/// </summary>
internal sealed class NamedPipelines(AzureDevOpsClient client)
{
    public async IAsyncEnumerable<DeliveryPage> ReadAsync(ProjectPass pass, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (named, known) = (pass.Memory.Pipelines, pass.Marks.Named ?? []);
        if (named.SequenceEqual(known, StringComparer.Ordinal))
            yield break;
        foreach (var name in named.Except(known, StringComparer.OrdinalIgnoreCase))
            await TakeAsync(pass, name, cancellationToken);
        pass.Marks = pass.Marks with { Named = named };
        yield return new([]);
    }

    private async Task TakeAsync(ProjectPass pass, string name, CancellationToken cancellationToken)
    {
        var root = $"{pass.Project.Segment}/_apis/build";
        var found = await client.GetAsync("build/definitions", $"{root}/definitions", cancellationToken, ("name", name));
        foreach (var pipeline in found.Body.Items("value").Select(d => d.Text("id")).OfType<string>())
        {
            (string, string?)[] options = [("definitions", pipeline), ("statusFilter", "completed"), ("queryOrder", "finishTimeAscending"), ("minTime", WireDate.Write(pass.ContentSince)), ("$top", "200")];
            await foreach (var page in client.PagesAsync("build/builds", $"{root}/builds", options, cancellationToken))
                pass.Delivers(page.Where(pass.CountsByItself).Select(b => (b.Whole("id"), b.Instant("finishTime"))));
        }
    }
}
