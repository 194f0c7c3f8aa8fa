namespace Plumbline.Transformers.Tokenizers;

/// <summary>A token that is found in the text before anything else is done with it (<c>added_tokens</c> of a <c>tokenizer.json</c>).</summary>
public sealed record AddedToken(int Id, string Content)
{
    /// <summary>Controls the model and is never part of an answer's text.</summary>
    public bool Special { get; init; }

    /// <summary>Found only where no word character adjoins it.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Takes white space before it along.</summary>
    public bool LeftStrip { get; init; }

    /// <summary>Takes white space after it along.</summary>
    public bool RightStrip { get; init; }

    /// <summary>Found in the normalised text, not in the text as it came.</summary>
    public bool Normalized { get; init; }
}
