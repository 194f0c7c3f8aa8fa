using Plumbline.Judges;

namespace Plumbline.Audits;

/// <summary>The health of a judge.</summary>
/// <param name="judge">The judge.</param>
/// <param name="ended">Is cancelled where there is no use in going on with any model.</param>
sealed class JudgeHealth(IJudge judge, CancellationToken ended) : CallHealth(ended)
{
    JudgeUnavailableException? givenUp;

    /// <inheritdoc/>
    public override JudgeUnavailableException Unavailable(Exception failure) => new(
        $"The judge '{judge.Id}' cannot be asked: {failure.Message} Answers and judgements so far are kept: run the same command again to go on.",
        failure);

    /// <summary>Gives the judge up though it answers.</summary>
    /// <param name="why">What is thrown to whoever asks it now.</param>
    public JudgeUnavailableException GiveUp(JudgeUnavailableException why)
    {
        Volatile.Write(ref givenUp, why);
        Withdraw();
        return why;
    }

    /// <inheritdoc/>
    public override void RequireHope()
    {
        if (Volatile.Read(ref givenUp) is { } why)
            throw new JudgeUnavailableException(why.Message, why.InnerException);
        base.RequireHope();
    }
}
