namespace Plumbline.Cli.Exits;

/// <summary>An exit code in words.</summary>
internal static class ExitMeaning
{
    public static string Of(ExitCode code) => code switch
    {
        ExitCode.Fine => "held or improved, or nothing to decide",
        ExitCode.Failure => "failed",
        ExitCode.BadInput => "bad usage or bad input",
        ExitCode.Regressed => "a regression was shown",
        ExitCode.NotEnoughEvidence => "not enough evidence to decide",
        ExitCode.BudgetReached => "the budget is reached; a larger one resumes the run",
        ExitCode.Unreachable => "a model is unreachable or refuses the key",
        ExitCode.Interrupted => "interrupted; the same command goes on where it stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No such exit code."),
    };

    /// <summary>The last line of a command that decides something.</summary>
    /// <param name="code">The code.</param>
    /// <param name="fine">What <see cref="ExitCode.Fine"/> means to this command; null where it is about a verdict.</param>
    public static string LastLine(ExitCode code, string? fine = null) => LineOf(code, Of(code, fine));

    /// <summary>The code in words.</summary>
    /// <param name="code">The code.</param>
    /// <param name="fine">What <see cref="ExitCode.Fine"/> means to this command; null where it is about a verdict.</param>
    public static string Of(ExitCode code, string? fine) => (code == ExitCode.Fine ? fine : null) ?? Of(code);

    /// <summary>The same where the command says itself what its code means.</summary>
    public static string LineOf(ExitCode code, string meaning) => $"exit code {(int)code}: {meaning}";
}
