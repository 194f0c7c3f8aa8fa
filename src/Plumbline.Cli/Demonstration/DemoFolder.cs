using System.Text;
using Plumbline.Audits;
using Plumbline.Cli.Exits;
using Plumbline.Datasets.Writing;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Tuning.Demo;
using Plumbline.Tuning.Domains;

namespace Plumbline.Cli.Demonstration;

/// <summary>The folder of a demo: one folder a domain, each with its rows, its adapter and its audit.</summary>
internal static class DemoFolder
{
    public const string RowsFile = "rows.jsonl";

    /// <summary>A domain's folder.</summary>
    public static string Home(string folder, DomainCorpus corpus) => Path.Combine(folder, corpus.Name);

    /// <summary>Refuses, before anything is tuned, a folder that holds something else than this demo, begun or finished.</summary>
    /// <param name="folder">The demo's folder.</param>
    /// <param name="documents">Documents of each domain.</param>
    /// <param name="baseline">The bob that is tuned.</param>
    /// <exception cref="UsageException">It does.</exception>
    /// <exception cref="RunException">An audit in it is in use, or damaged.</exception>
    public static void RequireOwn(string folder, int documents, ModelFacts baseline)
    {
        if (HoldsRun(folder)) throw Other(folder, "the run of an audit, whose report the demo's would overwrite");
        if (!DomainCorpus.All.Any(corpus => IsBegun(Home(folder, corpus))) && HoldsFiles(folder)) throw Other(folder, "files, and no demo: its own would be written among them and over those with the same names");

        foreach (var corpus in DomainCorpus.All.Where(corpus => Directory.Exists(Home(folder, corpus))))
        {
            var home = Home(folder, corpus);
            var rows = Path.Combine(home, RowsFile);
            if (File.Exists(rows))
            {
                if (File.ReadAllText(rows) != TextOf(corpus, documents)) throw Other(folder, $"a demo on other rows ({rows}; --documents was another number, or another version wrote them)");
            }
            else if (HoldsRun(home))
            {
                throw Other(folder, $"the run of an audit in '{home}'");
            }

            if (!HoldsRun(home)) continue;
            using var run = RunFolder.Open(home);
            if (run.ReadPlan() is { Baseline: var other } && other.Identity != baseline.Identity)
                throw Other(folder, $"a demo of a bob of another identity ({other.Identity[..12]}, and this one's is {baseline.Identity[..12]}{(OtherModel.Why(other, baseline) is { } why ? $": {why}" : "")})");
        }
    }

    /// <summary>A domain's folder is made empty, and its rows are the first that is written into it.</summary>
    private static bool IsBegun(string home) => Directory.Exists(home) && (File.Exists(Path.Combine(home, RowsFile)) || HoldsRun(home) || !Directory.EnumerateFileSystemEntries(home).Any());

    private static bool HoldsFiles(string folder) => Directory.EnumerateFileSystemEntries(folder).Any(path => Path.GetFileName(path)[0] != '.');

    private static bool HoldsRun(string folder) => File.Exists(Path.Combine(folder, RunFolder.PlanFile));

    private static string TextOf(DomainCorpus corpus, int documents)
    {
        var text = new StringBuilder();
        foreach (var row in DomainTune.Rows(corpus, documents).Rows) text.Append(ChatJsonlWriter.Line(row)).Append('\n');
        return text.ToString();
    }

    private static UsageException Other(string folder, string what) => new($"The folder '{folder}' holds {what}. Nothing was tuned. Give another folder with -o, or take what is in it away.");
}
