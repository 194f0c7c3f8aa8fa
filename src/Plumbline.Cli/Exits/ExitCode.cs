namespace Plumbline.Cli.Exits;

/// <summary>What the process's exit status means; <c>docs/cli.md</c> is the contract. A bad result is told apart from a broken tool.</summary>
internal enum ExitCode
{
    /// <summary>Held, improved, or nothing to decide.</summary>
    Fine = 0,

    /// <summary>Something failed that the user did not ask for wrongly.</summary>
    Failure = 1,

    /// <summary>Bad usage or bad input.</summary>
    BadInput = 2,

    /// <summary>The audit showed a regression.</summary>
    Regressed = 3,

    /// <summary>The audit could not decide.</summary>
    NotEnoughEvidence = 4,

    /// <summary>The budget is reached; a larger one resumes the run.</summary>
    BudgetReached = 5,

    /// <summary>A model's endpoint is unreachable, or refuses the key.</summary>
    Unreachable = 6,

    /// <summary>Interrupted; the same command goes on where it stopped.</summary>
    Interrupted = 130,
}
