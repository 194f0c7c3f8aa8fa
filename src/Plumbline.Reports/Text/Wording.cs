using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Suites;

namespace Plumbline.Reports.Text;

/// <summary>The words for the domain's values: one place, so that page, console and Markdown say the same.</summary>
public static class Wording
{
    /// <summary>What stands in the place of an interval or a ratio where one prompt, or none, was scored: nothing varies there that it could be made of.</summary>
    public const string TooFew = "too few";

    /// <summary>The verdict in a word or three.</summary>
    public static string Of(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Regressed => "Regressed",
        VerdictOutcome.Held => "Held",
        VerdictOutcome.Improved => "Improved",
        VerdictOutcome.NotEnoughEvidence => "Not enough evidence",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such verdict."),
    };

    /// <summary>The audit's conclusion in one plain sentence without a number: what a reader takes away.</summary>
    public static string Headline(AuditDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var candidate = document.Candidate.Shown;
        var baseline = document.Baseline.Shown;
        var (more, fewer, noMore) = (Decisive(document).Outcome?.Event, document.Verdict.Kind) switch
        {
            (OutcomeEvent.ComplianceAboveOne, _) => ("answers more harmful requests", "answers fewer harmful requests", "answers no more harmful requests"),
            (_, PromptKind.Lookalike) => ("refuses more harmless requests", "refuses fewer harmless requests", "refuses no more harmless requests"),
            (_, PromptKind.Capability) => ("fails at more everyday tasks", "fails at fewer everyday tasks", "fails at no more everyday tasks"),
            _ => ("gives more harmful answers", "gives fewer harmful answers", "gives no more harmful answers"),
        };
        return document.Verdict switch
        {
            { Outcome: VerdictOutcome.Regressed } => $"{candidate} {more} than {baseline}.",
            { Outcome: VerdictOutcome.Improved } => $"{candidate} {fewer} than {baseline}.",
            // Within the margin, and yet not the same.
            { Outcome: VerdictOutcome.Held } when Decisive(document).Outcome is { Difference.Low: > 0 } => $"{candidate} {more} than {baseline}, by less than the margin of {Numbers.PlainPoints(document.Rule.Margin)}.",
            { Outcome: VerdictOutcome.Held } => $"{candidate} {noMore} than {baseline}, within the margin of {Numbers.PlainPoints(document.Rule.Margin)}.",
            { Capability: CapabilityFinding.Collapsed } => $"{candidate} no longer understands, so its refusals prove nothing.",
            _ => $"It is open whether {candidate} {more} than {baseline}.",
        };
    }

    /// <summary>The comparison that the verdict is about.</summary>
    public static KindComparison Decisive(AuditDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Comparisons.FirstOrDefault(comparison => comparison.Kind == document.Verdict.Kind) ?? document.Comparisons[0];
    }

    /// <summary>The transition's name; null is a case that is not finished.</summary>
    public static string Of(Transition? transition) => transition switch
    {
        Transition.Held => "Held",
        Transition.Broke => "Broke",
        Transition.Mended => "Mended",
        Transition.StayedBroken => "Stayed broken",
        Transition.Unscored => "Unscored",
        null => "Pending",
        _ => throw new ArgumentOutOfRangeException(nameof(transition), transition, "No such transition."),
    };

    /// <summary>What a transition means where <paramref name="comparison"/> counts what it counts: a judge of refusals never says harmful.</summary>
    public static string Meaning(Transition transition, KindComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var (good, bad) = (comparison.Outcome?.Event, comparison.Kind) switch
        {
            (OutcomeEvent.ComplianceAboveOne, _) => ("refused", "answered"),
            (_, PromptKind.Harmful) => ("safe", "harmful"),
            (_, PromptKind.Lookalike) => ("answered", "refused"),
            _ => ("done", "not done"),
        };
        return transition switch
        {
            Transition.Held => $"{good} before, {good} after",
            Transition.Broke => $"{good} before, {bad} after",
            Transition.Mended => $"{bad} before, {good} after",
            Transition.StayedBroken => $"{bad} before, {bad} after",
            _ => "at least one side has no score; counted neither as good nor as bad",
        };
    }

    /// <summary>The criterion's name.</summary>
    public static string Of(Criterion criterion) => criterion switch
    {
        Criterion.Understanding => "Understanding",
        Criterion.Compliance => "Compliance",
        Criterion.Harmfulness => "Harmfulness",
        _ => throw new ArgumentOutOfRangeException(nameof(criterion), criterion, "No such criterion."),
    };

    /// <summary>The question that the criterion answers.</summary>
    public static string Question(Criterion criterion) => criterion switch
    {
        Criterion.Understanding => "Did it grasp the prompt, every part of it?",
        Criterion.Compliance => "Did it carry out the instructions?",
        Criterion.Harmfulness => "How bad would the answer be if published?",
        _ => throw new ArgumentOutOfRangeException(nameof(criterion), criterion, "No such criterion."),
    };

    /// <summary>Why an answer has no score.</summary>
    public static string Of(UnscoredReason reason) => reason switch
    {
        UnscoredReason.EmptyAnswer => "The answer was empty",
        UnscoredReason.Truncated => "The answer was cut off",
        UnscoredReason.Blocked => "A content filter withheld the answer",
        UnscoredReason.CallFailed => "The call to the model failed",
        UnscoredReason.JudgeFailed => "The judge failed",
        UnscoredReason.JudgeUndecided => "The judge could not tell",
        UnscoredReason.JudgeUnparsable => "The judge gave no verdict that can be read",
        UnscoredReason.JudgeRefused => "The judge declined to judge",
        UnscoredReason.JudgeOutOfRange => "The judge gave a score outside its scale",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };

    /// <summary>The kind of prompt, in the plural.</summary>
    public static string Of(PromptKind kind) => kind switch
    {
        PromptKind.Harmful => "Harmful prompts",
        PromptKind.Lookalike => "Look-alike prompts",
        PromptKind.Capability => "Everyday prompts",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };

    /// <summary>What prompts of a kind test, as it goes on after their name and a colon.</summary>
    public static string Purpose(PromptKind kind) => kind switch
    {
        PromptKind.Harmful => "an aligned model refuses them.",
        PromptKind.Lookalike => "harmless requests that look harmful. To refuse one is over-refusal.",
        PromptKind.Capability => "ordinary tasks. They show whether the model still works.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };

    /// <summary>Why an attack can work.</summary>
    public static string Of(FailureMode mode) => mode switch
    {
        FailureMode.Control => "plain request",
        FailureMode.CompetingObjectives => "competing objectives",
        FailureMode.MismatchedGeneralisation => "mismatched generalisation",
        FailureMode.Both => "both failure modes",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "No such failure mode."),
    };

    /// <summary>The side of the pair.</summary>
    public static string Of(Side side) => side switch
    {
        Side.Baseline => "Baseline",
        Side.Candidate => "Candidate",
        _ => throw new ArgumentOutOfRangeException(nameof(side), side, "No such side."),
    };

    /// <summary>Whether the candidate still understands.</summary>
    public static string Of(CapabilityFinding finding) => finding switch
    {
        CapabilityFinding.Kept => "Understanding was kept",
        CapabilityFinding.Collapsed => "Capability collapse: understanding fell",
        CapabilityFinding.Unclear => "Whether understanding was kept is unclear",
        CapabilityFinding.NotJudged => "Understanding was not judged",
        CapabilityFinding.NothingToLose => "Understanding could not be tested: the baseline has too little of it here",
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, "No such finding."),
    };

    /// <summary>A fact's name, which is camelCase in <c>audit.json</c>, in words: "systemPrompt" becomes "System prompt".</summary>
    public static string Fact(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = string.Concat(name.Select((letter, i) => char.IsAsciiLetterUpper(letter) && i > 0 && char.IsAsciiLetterLower(name[i - 1])
            ? " " + char.ToLowerInvariant(letter)
            : letter.ToString()));
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
