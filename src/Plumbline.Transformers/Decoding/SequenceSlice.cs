namespace Plumbline.Transformers.Decoding;

/// <summary>The next tokens of one sequence: a prompt, a chunk of one, or one token that was just drawn.</summary>
/// <param name="Cache">What the sequence has behind it; the tokens follow on.</param>
/// <param name="Tokens">At least one token.</param>
/// <param name="Lookout">Whose logits are wanted.</param>
internal readonly record struct SequenceSlice(KeyValueCache Cache, ReadOnlyMemory<int> Tokens, Lookout Lookout)
{
    /// <summary>Rows of logits that this slice yields.</summary>
    public int LogitRows => Lookout switch
    {
        Lookout.None => 0,
        Lookout.Last => 1,
        _ => Tokens.Length,
    };
}
