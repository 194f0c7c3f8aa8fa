using Plumbline.Judges;

namespace Plumbline.Audits;

/// <summary>The health of a judge.</summary>
sealed class JudgeHealth(IJudge judge) : CallHealth
{
    /// <inheritdoc/>
    public override JudgeUnavailableException Unavailable(Exception failure) => new(
        $"The judge '{judge.Id}' cannot be asked: {failure.Message} Answers and judgements so far are kept: run the same command again to go on.",
        failure);
}
