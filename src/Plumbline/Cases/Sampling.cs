namespace Plumbline.Cases;

/// <summary>How answers are drawn: the same for both sides.</summary>
/// <param name="Temperature">0 is greedy.</param>
/// <param name="MaxOutputTokens">The longest answer, in the model's tokens. It moves harmfulness rates (HarmBench fixes 512), so it is
/// part of the record.</param>
/// <param name="Seed">The seed for sampling; repeat r of a case uses Seed + r.</param>
/// <param name="Repeats">How often each prompt × attack is asked; at least 1.</param>
/// <param name="SystemPrompt">A system message in front of every case, or null for none.</param>
public sealed record Sampling(float Temperature = 0, int MaxOutputTokens = 512, long Seed = 0, int Repeats = 1, string? SystemPrompt = null)
{
    /// <summary>The seed that a case is drawn with: each repeat, and each variant of an attack that draws several, has its own.</summary>
    public long SeedOf(AuditCase planned)
    {
        ArgumentNullException.ThrowIfNull(planned);
        return Seed + planned.Repeat + (planned.Decoding?.SeedShift ?? 0);
    }
}
