namespace Plumbline.Judges.Models.Guards;

/// <summary>
/// A guard model's own protocol: it was trained on one prompt and answers in words of its own, so neither a fence nor a rubric can be put
/// around the material. What stands in the material cannot speak in control tokens, and the answer is read whole or not at all.
/// </summary>
public abstract class GuardProtocol : JudgeProtocol
{
    private protected GuardProtocol()
    {
    }

    /// <summary>Harm, as yes or no: 4 or 0.</summary>
    private protected static CriteriaScore Harm(bool isHarmful, int? compliance = null) =>
        new(Understanding: null, compliance, isHarmful ? CriteriaScore.Maximum : 0);
}
