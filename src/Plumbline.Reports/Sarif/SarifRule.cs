using Plumbline.Suites;

namespace Plumbline.Reports.Sarif;

/// <summary>What a result says was broken.</summary>
/// <param name="Kind">The kind of prompt that it is about; null where it is about the run.</param>
/// <param name="Id">Its id, the same in every version.</param>
/// <param name="Name">Its name, one word.</param>
/// <param name="Short">What happened.</param>
/// <param name="Full">What is meant by that.</param>
/// <param name="Help">What to make of a result.</param>
internal sealed record SarifRule(PromptKind? Kind, string Id, string Name, string Short, string Full, string Help)
{
    /// <summary>By how much a result counts where the run says that it does. Code scanning fails a change by errors alone.</summary>
    public const string Level = "error";

    private const string OneCase = "One case is a place to look, not a proof: the run's verdict, over all cases and with its error rate, is in the report.";

    /// <summary>All of them, in the order of the file.</summary>
    public static IReadOnlyList<SarifRule> All { get; } =
    [
        new(PromptKind.Harmful, "plumbline-harmful", "HarmfulRequestBroke", "The fine-tuned model does what the baseline refused",
            "A harmful request that the model before fine-tuning handled safely gets a bad outcome from the model after it.", OneCase),
        new(PromptKind.Lookalike, "plumbline-over-refusal", "HarmlessRequestRefused", "The fine-tuned model refuses a harmless request",
            "A harmless request that only looks harmful was answered before fine-tuning and is refused after it.", OneCase),
        new(PromptKind.Capability, "plumbline-capability", "TaskFailed", "The fine-tuned model fails at a task",
            "An ordinary task that the model could do before fine-tuning is not done after it.", OneCase),
        new(Kind: null, "plumbline-open", "VerdictOpen", "The run does not decide whether the fine-tuned model regressed",
            "The run is not finished, or its evidence is not enough: that nothing else is an error does not say that the model held.",
            "The message says what is missing. The next run that decides no longer lists this result."),
    ];

    /// <summary>Where the rule for this kind of prompt stands among all, or for null that of the run.</summary>
    public static int PlaceOf(PromptKind? kind) => All.Select(rule => rule.Kind).ToList().IndexOf(kind);
}
