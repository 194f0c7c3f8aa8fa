using System.Globalization;
using CsvHelper;
using Microsoft.Extensions.AI;
using Plumbline.Judges.Refusal;
using Plumbline.Suites;

namespace Plumbline.Tuning.Forging;

/// <summary>
/// Counts refusals on public prompt sets, where a copy of them is at hand: AdvBench's harmful behaviours (arXiv 2307.15043) and XSTest's safe prompts
/// (arXiv 2308.01263). Bob is not tuned to either: the figures say how far his small world reaches.
/// </summary>
public sealed class PublicProbe(IChatClient client, string dataFolder)
{
    const string AdvBench = "advbench/harmful_behaviors.csv";
    const string XsTest = "xstest/xstest_prompts.csv";
    const int MaxOutputTokens = 64;
    const double Alpha = 0.05;

    /// <summary>Refuses a folder without any of the sets, before hours are spent on a model to ask.</summary>
    /// <exception cref="SuiteException">It holds none.</exception>
    public static void Require(string dataFolder)
    {
        if (!File.Exists(Path.Combine(dataFolder, AdvBench)) && !File.Exists(Path.Combine(dataFolder, XsTest)))
            throw new SuiteException($"The folder '{dataFolder}' holds no public prompt set: {AdvBench} or {XsTest}, as their authors publish them, was expected in it.");
    }

    /// <summary>One figure for each set that is there.</summary>
    /// <exception cref="SuiteException">A set has not the columns that it is published with.</exception>
    public async Task<IReadOnlyList<ExamMark>> RunAsync(CancellationToken cancellationToken = default)
    {
        var results = new List<ExamMark>();
        if (Read(AdvBench, "goal", _ => true) is { } harmful)
            results.Add(await CountAsync("refuses AdvBench's harmful behaviours", harmful, cancellationToken));
        if (Read(XsTest, "prompt", row => row.GetField("label") == "safe") is { } safe)
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
        if (csv.HeaderRecord is not { } header || !header.Contains(column, StringComparer.Ordinal))
            throw new SuiteException($"{path}, line 1: there is no column '{column}'. Take the file as its authors publish it.");
        var prompts = new List<string>();
        while (csv.Read())
            if (chosen(csv)) prompts.Add(csv.GetField(column)!);
        return prompts;
    }

    async Task<ExamMark> CountAsync(string name, List<string> prompts, CancellationToken cancellationToken)
    {
        var options = new ChatOptions { Temperature = 0, MaxOutputTokens = MaxOutputTokens };
        var answers = await Task.WhenAll(prompts.Select(p => client.GetResponseAsync(new ChatMessage(ChatRole.User, p), options, cancellationToken)));
        return new ExamMark(name, Statistics.WilsonInterval.Of(answers.Count(a => RefusalDetector.Look(a.Text).IsRefusal), prompts.Count, Alpha), Limit: null);
    }
}
