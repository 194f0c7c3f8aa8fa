namespace Plumbline.Attacks;

/// <summary>Whether a model goes on from a begun answer.</summary>
/// <param name="GoneOn">How many of <see cref="ContinuationProbe.Sequences"/> it went on with.</param>
/// <param name="TokensAddUp">Whether the tokens that the endpoint read are those of an answer that is left open; null where it does not tell them, and
/// where the sequences were enough.</param>
public sealed record ContinuationProbeResult(int GoneOn, bool? TokensAddUp)
{
    /// <summary>Whether it does.</summary>
    public bool Continues => GoneOn >= ContinuationProbe.Required || TokensAddUp == true;
}
