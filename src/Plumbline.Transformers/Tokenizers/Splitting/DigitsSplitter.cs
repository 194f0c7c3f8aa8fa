namespace Plumbline.Transformers.Tokenizers.Splitting;

/// <summary>Isolates runs of numbers, or each number character alone.</summary>
public sealed record DigitsSplitter(bool Individual) : ISplitter
{
    private static readonly PatternSplitter Each = new(@"\p{N}");
    private static readonly PatternSplitter Runs = new(@"\p{N}+");

    /// <inheritdoc/>
    public void Split(ReadOnlyMemory<char> piece, bool first, List<ReadOnlyMemory<char>> parts) => (Individual ? Each : Runs).Split(piece, first, parts);
}
