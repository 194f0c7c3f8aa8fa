namespace Plumbline.Transformers.Tokenizers.Merging;

/// <summary>Two neighbouring tokens become one. Lower ranks go first; of equal ranks the leftmost.</summary>
public readonly record struct Merge(int Left, int Right, int Result, int Rank);
