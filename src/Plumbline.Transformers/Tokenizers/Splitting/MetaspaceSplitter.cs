namespace Plumbline.Transformers.Tokenizers.Splitting;

/// <summary>SentencePiece's step: a space becomes ▁, one may be put in front, and each may begin a new part.</summary>
public sealed record MetaspaceSplitter(char Replacement, MetaspacePrefix Prefix, bool Divide) : ISplitter
{
    /// <inheritdoc/>
    public void Split(ReadOnlyMemory<char> piece, bool first, List<ReadOnlyMemory<char>> parts)
    {
        var text = piece.ToString().Replace(' ', Replacement);
        if ((Prefix == MetaspacePrefix.Always || (Prefix == MetaspacePrefix.First && first)) && !text.StartsWith(Replacement))
            text = Replacement + text;
        if (!Divide)
        {
            parts.Add(text.AsMemory());
            return;
        }

        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] != Replacement)
                continue;
            parts.Add(text.AsMemory(start, i - start));
            start = i;
        }
    }
}
