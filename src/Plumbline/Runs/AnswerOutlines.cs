using Microsoft.Extensions.AI;
using Plumbline.Pairs;

namespace Plumbline.Runs;

/// <summary>Answers without what was said: one for each side and standing.</summary>
static class AnswerOutlines
{
    static readonly AnswerRecord[] All =
    [
        .. from isRetried in new[] { false, true }
           from side in Enum.GetValues<Side>()
           from standing in Enum.GetValues<AnswerStanding>()
           select Make(side, standing, isRetried),
    ];

    static readonly int Standings = Enum.GetValues<AnswerStanding>().Length;

    public static AnswerRecord Of(Side side, AnswerMark mark) => All[((((mark.IsRetried ? 1 : 0) * 2) + (int)side) * Standings) + (int)mark.Standing];

    static AnswerRecord Make(Side side, AnswerStanding standing, bool isRetried) => new(
        DateTimeOffset.UnixEpoch,
        "",
        side,
        standing is AnswerStanding.Truncated or AnswerStanding.Whole ? "…" : "",
        standing switch
        {
            AnswerStanding.Failed or AnswerStanding.Broken => AnswerRecord.Error,
            AnswerStanding.Blocked => ChatFinishReason.ContentFilter.Value,
            AnswerStanding.Truncated => ChatFinishReason.Length.Value,
            _ => ChatFinishReason.Stop.Value,
        },
        OutputTokens: null,
        Seconds: 0,
        standing == AnswerStanding.Failed ? "…" : null,
        isRetried ? [] : null);
}
