using System.Globalization;
using Plumbline.Audits;
using Plumbline.Cli.Screens;
using Plumbline.Reports.Text;
using Plumbline.Suites;

namespace Plumbline.Cli.Auditing;

/// <summary>How to follow the advice of a verdict that wants more cases: the same folder cannot hold another plan.</summary>
internal static class MoreCases
{
    /// <summary>What to do; null where the verdict asks for nothing more.</summary>
    public static string? Advise(AuditDocument audit, string folder)
    {
        if (audit.Verdict.RunMore is not { } more || audit.Comparisons.FirstOrDefault(comparison => comparison.Kind == audit.Verdict.Kind) is not { } about) return null;

        var left = about.Kind == PromptKind.Harmful ? LeftOutCases.Of(audit) : LeftOutCases.None;
        return Sentence(more, about.Counts.Planned, left, audit.Sampling.Repeats, ShellWord.Of(folder), 2 + (audit.Reused?.EarlierLooks ?? 0));
    }

    /// <summary>The advice in words.</summary>
    /// <param name="more">How many cases are wanted besides.</param>
    /// <param name="planned">How many the run planned, repeats included.</param>
    /// <param name="left">What a limit left out; nothing where no option limits them, and no attack is put on them either.</param>
    /// <param name="repeats">How often each is asked.</param>
    /// <param name="folder">The run's folder, as a shell reads it.</param>
    /// <param name="look">How many looks at the pair it then makes.</param>
    internal static string Sentence(int more, int planned, LeftOutCases left, int repeats, string folder, int look)
    {
        var wanted = ((planned + (long)more + repeats - 1) / repeats) + left.Unprepared;
        var how = wanted <= left.All
            ? string.Create(CultureInfo.InvariantCulture, $"--cases {wanted}")
            : left.Cases > 0
                ? string.Create(CultureInfo.InvariantCulture, $"--cases {left.All}, which is all that the suite has under these attacks, and another --suite or --attack beside it")
                : $"another --suite{(left.All > 0 ? " or --attack" : "")} beside it, since this one has no more";
        return $"To ask about {Numbers.Thousands(more)} more cases: the same command with {how}, another folder (-o), and --reuse {folder}, which takes over the answers that both runs ask for. "
            + string.Create(CultureInfo.InvariantCulture, $"That is look {look} at this pair, and who looks until something is shown errs more often: its error rates are stated as up to {look} times those of one look. ")
            + "To keep the rates of one, plan as many cases as you would ask at most from the beginning, with --stop-early, which asks no more of them than it needs.";
    }
}
