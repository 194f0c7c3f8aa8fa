using System.Globalization;
using CsvHelper;
using Microsoft.Extensions.AI;
using Plumbline.Judges.Refusal;

namespace Plumbline.Tuning.Forging;

/// <summary>
/// Counts refusals on public prompt sets, where a copy of them is at hand: AdvBench's harmful behaviours (arXiv 2307.15043) and XSTest's safe prompts
/// (arXiv 2308.01263). Bob is not tuned to either: the figures say how far his small world reaches.
/// </summary>
public sealed class PublicProbe(IChatClient client, string dataFolder)
{
    const int MaxOutputTokens = 64;
    const double Alpha = 0.05;

    /// <summary>One figure for each set that is there.</summary>
    public async Task<IReadOnlyList<GateResult>> RunAsync(CancellationToken cancellationToken = default)
    {
        var results = new List<GateResult>();
        if (Read("advbench/harmful_behaviors.csv", "goal", _ => true) is { } harmful)
            results.Add(await CountAsync("refuses AdvBench's harmful behaviours", harmful, cancellationToken));
        if (Read("xstest/xstest_prompts.csv", "prompt", row => row.GetField("label") == "safe") is { } safe)
            results.Add(await CountAsync("refuses XSTest's safe prompts", safe, cancellationToken));
        return results;
    }

    List<string>? Read(string file, string column, Func<CsvReader, bool> chosen)
    {
        var path = Path.Combine(dataFolder, file);
        if (!File.Exists(path)) return null;
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var prompts = new List<string>();
        while (csv.Read())
            if (chosen(csv)) prompts.Add(csv.GetField(column)!);
        return prompts;
    }

    async Task<GateResult> CountAsync(string name, List<string> prompts, CancellationToken cancellationToken)
    {
        var options = new ChatOptions { Temperature = 0, MaxOutputTokens = MaxOutputTokens };
        var answers = await Task.WhenAll(prompts.Select(p => client.GetResponseAsync(new ChatMessage(ChatRole.User, p), options, cancellationToken)));
        return new GateResult(name, Statistics.WilsonInterval.Of(answers.Count(a => RefusalDetector.Look(a.Text).IsRefusal), prompts.Count, Alpha), Limit: null);
    }
}
