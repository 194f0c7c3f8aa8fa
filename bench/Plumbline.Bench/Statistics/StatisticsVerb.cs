using System.Diagnostics;

namespace Plumbline.Bench.Statistics;

/// <summary>Simulates every estimator, test and decision with known truths, and prints how often each is right: the figures of docs/statistics.md.</summary>
internal static class StatisticsVerb
{
    public static int Run(string[] arguments)
    {
        var options = new Options(arguments);
        var (runs, seed) = (options.Number("runs", 4000), options.Number("seed", 1));
        var only = options.Text("only", "");
        var start = Stopwatch.GetTimestamp();
        Console.WriteLine($"seed {seed}; n = {runs} simulated audits a row; 95% intervals, α = 5%; in brackets the 95% Wilson interval of a simulated rate");
        (string Name, Action<Simulation> Print)[] studies =
        [
            ("coverage", CoverageStudy.Print),
            ("clusters", ClusterStudy.PrintIntervals),
            ("held", ClusterStudy.PrintHeld),
            ("levels", LevelStudy.Print),
            ("tests", TestStudy.Print),
            ("many", ManyTestsStudy.Print),
            ("labels", LabelStudy.Print),
            ("agreement", AgreementStudy.Print),
            ("ratios", RatioStudy.Print),
            ("sequential", SequentialStudy.Print),
            ("looks", LooksStudy.Print),
        ];
        foreach (var study in studies.Where(study => only.Length == 0 || study.Name == only))
        {
            Console.WriteLine();
            study.Print(new Simulation(runs, seed));
        }

        Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s");
        return 0;
    }
}
