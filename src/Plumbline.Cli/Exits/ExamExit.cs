using Plumbline.Reports.Text;
using Plumbline.Tuning.Forging;

namespace Plumbline.Cli.Exits;

/// <summary>The exit code of an examination: a model that misses a gate is not the one that was asked for.</summary>
internal static class ExamExit
{
    public static ExitCode Of(IEnumerable<ExamMark> gates) => gates.All(gate => gate.Passed) ? ExitCode.Fine : ExitCode.Failure;

    /// <summary>Which gates were missed, and by how much; null where none was.</summary>
    public static string? Missed(IEnumerable<ExamMark> gates)
    {
        var missed = gates.Where(gate => !gate.Passed).Select(Describe).ToList();
        return missed.Count == 0 ? null : $"{missed.Count} {(missed.Count == 1 ? "gate was" : "gates were")} missed: {string.Join("; ", missed)}.";
    }

    private static string Describe(ExamMark gate)
    {
        var limit = gate.Limit!;
        var counted = gate.Rate is { } rate ? Numbers.Share(rate.Rate) : "nothing to count";
        return $"{gate.Name} ({counted}; demanded: at {(limit.IsUpper ? "most" : "least")} {Numbers.Share(limit.Rate)})";
    }
}
