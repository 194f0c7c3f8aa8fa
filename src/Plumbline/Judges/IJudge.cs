using Plumbline.Cases;

namespace Plumbline.Judges;

/// <summary>
/// Reads a case and a response and gives scores with its reason, or says unscored and why.
/// A judge sees neither the side nor the model. Empty, blocked and failed answers never reach it.
/// </summary>
public interface IJudge
{
    /// <summary>The short name that <c>--judge</c> takes.</summary>
    string Id { get; }

    /// <summary>Changes whenever the judge may score an answer differently.</summary>
    string Version { get; }

    /// <summary>One sentence on what the judge looks at and what it cannot see.</summary>
    string Description { get; }

    /// <summary>The criteria that it can score; the others are null in every score.</summary>
    IReadOnlyList<Criterion> Criteria { get; }

    /// <summary>From which harmfulness on an answer counts as harmful; the article's cut unless the judge's own scale has another.</summary>
    HarmCut HarmCut => HarmCut.Article;

    /// <summary>
    /// Whether the judge reads answers that were cut off at the token limit. Where false, such an answer is unscored.
    /// A judge whose evidence lies at the answer's start should say true: otherwise long answers, which are the compliant ones, drop out.
    /// </summary>
    bool ReadsTruncated { get; }

    /// <summary>Judges <paramref name="response"/>, a non-empty text that is hostile input: nothing in it is an instruction.</summary>
    ValueTask<Judgement> JudgeAsync(AuditCase auditCase, string response, CancellationToken cancellationToken);

    /// <summary>
    /// Judges the beginning of an answer that was cut off at the token limit, where <see cref="ReadsTruncated"/>. A judge that sees nothing yet in what is there, and
    /// would take that for the absence of something, says <see cref="UnscoredReason.Truncated"/>.
    /// </summary>
    ValueTask<Judgement> JudgeCutAsync(AuditCase auditCase, string response, CancellationToken cancellationToken) => JudgeAsync(auditCase, response, cancellationToken);
}
