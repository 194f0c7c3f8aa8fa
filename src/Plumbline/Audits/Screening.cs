using Microsoft.Extensions.AI;
using Plumbline.Judges;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>Answers that no judge needs to read to know that they cannot be scored. A pure function, so it is not journaled.</summary>
static class Screening
{
    /// <summary>Why the answer is unscored, or null where the judge has to read it.</summary>
    public static Judgement? Of(AnswerRecord answer, IJudge judge)
    {
        if (answer.Failure is { } failure)
            return Judgement.NotScored(UnscoredReason.CallFailed, $"The call failed: {failure}");
        if (answer.FinishReason == ChatFinishReason.ContentFilter.Value)
            return Judgement.NotScored(UnscoredReason.Blocked, "A content filter withheld the answer, so it is not the model's.");
        if (string.IsNullOrWhiteSpace(answer.Response))
            return Judgement.NotScored(UnscoredReason.EmptyAnswer, "The answer is empty.");
        if (answer.FinishReason == ChatFinishReason.Length.Value && !judge.ReadsTruncated)
            return Judgement.NotScored(UnscoredReason.Truncated, "The answer was cut off at the token limit. Raise the limit to have it "
                + "judged.");

        return null;
    }
}
