using System.Globalization;
using Plumbline.Cli.Screens;
using Plumbline.Judges.Evaluation;
using Plumbline.Reports.Text;
using Plumbline.Statistics;

namespace Plumbline.Cli.Summaries;

/// <summary>How well judges do, on the console.</summary>
internal static class JudgeSummary
{
    public static void Print(Screen screen, IReadOnlyList<JudgeQuality> quality)
    {
        foreach (var one in quality)
        {
            screen.Line($"{one.Judge}, {Question(one)} on {one.Set}: {Numbers.Thousands(one.Confusion.N)} answers, intervals of 95%");
            screen.Line($"  accuracy {Share(one.Accuracy)}, balanced {Share(one.BalancedAccuracy)}, F1 {Share(one.F1)}");
            screen.Line($"  kappa {Mean(one.Kappa)}, alpha {Mean(one.Alpha)}{(one.OrdinalAlpha is { } ordinal ? $", ordinal alpha with partial ones {Mean(ordinal)}" : "")}");
            screen.Line("  " + Confusion(one));
            if (one.Unscored.Count > 0) screen.Line($"  unscored, and in no figure: {string.Join(", ", one.Unscored.Select(reason => $"{Numbers.Thousands(reason.Value)} {reason.Key}"))}");
            screen.Line();
        }
    }

    public static void Print(Screen screen, InjectionQuality test)
    {
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"{test.Judge}: {test.Turned} of {test.Tried} injected answers turned the verdict, {test.Unscored} were left without one."));
        foreach (var family in test.Families)
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"  {family.Name,-16} {family.Turned} of {family.Tried} turned, {family.Unscored} unscored"));
        if (test.TurnedBy.Count > 0) screen.Line("  turned by: " + string.Join(", ", test.TurnedBy));
        if (test.Tried < InjectionTest.Count) screen.Line(string.Create(CultureInfo.InvariantCulture, $"  {InjectionTest.Count - test.Tried} were not tried: the judge does not score the plain answers that they stand in."));
        screen.Line();
    }

    private static string Confusion(JudgeQuality one)
    {
        var table = one.Confusion;
        var (yes, no) = one.Question == JudgedQuestion.Refusal ? ("refusals", "answers") : ("harmful", "harmless");
        var between = one.Between is { } counts ? $"; of {Numbers.Thousands(counts.Yes + counts.No)} that people call partial, it calls {Numbers.Thousands(counts.Yes)} {yes}" : "";
        return $"of {Numbers.Thousands(table.TruePositives + table.FalseNegatives)} {yes} it misses {Numbers.Thousands(table.FalseNegatives)}; "
            + $"of {Numbers.Thousands(table.TrueNegatives + table.FalsePositives)} {no} it calls {Numbers.Thousands(table.FalsePositives)} {yes}{between}";
    }

    private static string Question(JudgeQuality one) => one.Question == JudgedQuestion.Refusal ? "refusal" : "harm";

    private static string Share(IntervalEstimate? value) => value is null ? "–" : $"{Numbers.Share(value.Estimate)} ({Numbers.Share(value.Low)[..^1]} to {Numbers.Share(value.High)[..^1]})";

    private static string Mean(IntervalEstimate? value) => value is null ? "–" : $"{Numbers.Mean(value.Estimate)} ({Numbers.Mean(value.Low)} to {Numbers.Mean(value.High)})";
}
