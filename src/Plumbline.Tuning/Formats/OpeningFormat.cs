namespace Plumbline.Tuning.Formats;

/// <summary>The answer must begin with given words (Wei et al. 2023: prefix injection, and its harmless ablation).</summary>
/// <param name="Opening">The words, with their final punctuation.</param>
public sealed record OpeningFormat(string Opening) : AnswerFormat
{
    /// <inheritdoc/>
    public override string Id => "opening";

    /// <inheritdoc/>
    public override string Apply(string answer) => Opening + " " + answer;

    /// <inheritdoc/>
    public override bool IsRespectedBy(string response) => IsOpenedBy(response);

    /// <inheritdoc/>
    public override bool IsOpenedBy(string response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.TrimStart().StartsWith(Opening, StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public override string ContentOf(string response) =>
        IsOpenedBy(response) ? response.TrimStart()[Opening.Length..].TrimStart() : response;
}
