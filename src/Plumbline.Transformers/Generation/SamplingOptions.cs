namespace Plumbline.Transformers.Generation;

/// <summary>How the next token is drawn.</summary>
internal sealed record SamplingOptions
{
    /// <summary>Divides the logits; 0 takes the likeliest token.</summary>
    public float Temperature { get; init; }

    /// <summary>Only the likeliest so many tokens; 0 for all.</summary>
    public int TopK { get; init; }

    /// <summary>Only the likeliest tokens that together reach this probability; 1 for all.</summary>
    public float TopP { get; init; } = 1f;

    /// <summary>Taken off a token's logit for each time that the answer has it already.</summary>
    public float FrequencyPenalty { get; init; }

    /// <summary>Taken off a token's logit once the answer has it.</summary>
    public float PresencePenalty { get; init; }

    /// <summary>Divides positive and multiplies negative logits of tokens that prompt or answer have already; 1 changes nothing.</summary>
    public float RepetitionPenalty { get; init; } = 1f;

    /// <summary>Seeds this answer alone.</summary>
    public long Seed { get; init; }

    /// <summary>What has been said matters to the next draw.</summary>
    public bool HasPenalty => FrequencyPenalty != 0 || PresencePenalty != 0 || RepetitionPenalty != 1;

    /// <exception cref="GenerationException">A value is out of range.</exception>
    public void Check()
    {
        if (!(Temperature >= 0 && float.IsFinite(Temperature)))
            throw new GenerationException($"The temperature must be 0 or more; it is {Temperature}.");
        if (TopK < 0)
            throw new GenerationException($"top_k must be 0 (all tokens) or more; it is {TopK}.");
        if (!(TopP is > 0 and <= 1))
            throw new GenerationException($"top_p must be above 0 and at most 1; it is {TopP}.");
        if (!float.IsFinite(FrequencyPenalty) || !float.IsFinite(PresencePenalty))
            throw new GenerationException($"The penalties must be finite; they are {FrequencyPenalty} and {PresencePenalty}.");
        if (!(RepetitionPenalty > 0 && float.IsFinite(RepetitionPenalty)))
            throw new GenerationException($"The repetition penalty must be above 0 (1 for none); it is {RepetitionPenalty}.");
    }
}
