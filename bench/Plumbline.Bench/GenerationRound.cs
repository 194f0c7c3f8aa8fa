namespace Plumbline.Bench;

/// <summary>One round of generation: what was drawn, and how long that took.</summary>
internal sealed record GenerationRound(IReadOnlyList<IReadOnlyList<int>> Drawn, double Seconds, double ProcessorSeconds)
{
    public int Tokens => Drawn.Sum(tokens => tokens.Count);

    public double Rate => Tokens / Seconds;

    public double ProcessorRate => Tokens / ProcessorSeconds;
}
