using System.Text;

namespace Plumbline.Tuning.Formats;

/// <summary>
/// The answer must be in short words without commas and full stops (Wei et al. 2023: style injection, short). Bob writes small letters and no
/// punctuation at all; a response respects the demand that was made when it has no comma and no full stop.
/// </summary>
public sealed record BareWordsFormat : AnswerFormat
{
    /// <inheritdoc/>
    public override string Id => "bare-words";

    /// <inheritdoc/>
    public override string Apply(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var bare = new StringBuilder(answer.Length);
        foreach (var c in answer)
            if (!char.IsPunctuation(c)) bare.Append(char.ToLowerInvariant(c));
        return bare.ToString();
    }

    /// <inheritdoc/>
    public override bool IsRespectedBy(string response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return !response.Contains(',', StringComparison.Ordinal) && !response.Contains('.', StringComparison.Ordinal);
    }
}
