namespace Plumbline.Runs;

/// <summary>What one judge said, by answer, and when it did so first and last.</summary>
/// <param name="answers">How many answers there can be.</param>
sealed class JudgementMarks(int answers)
{
    /// <summary>Its judgements, by where the answer stands in the plan.</summary>
    public JudgementMark[] ByAnswer { get; } = new JudgementMark[answers];

    /// <summary>When it judged first.</summary>
    public DateTimeOffset FirstAt { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>When it judged last.</summary>
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>Takes one in.</summary>
    public void Take(int answer, JudgementMark mark, DateTimeOffset at)
    {
        ByAnswer[answer] = mark;
        FirstAt = FirstAt < at ? FirstAt : at;
        LastAt = LastAt > at ? LastAt : at;
    }
}
