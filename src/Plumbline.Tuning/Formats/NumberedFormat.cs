namespace Plumbline.Tuning.Formats;

/// <summary>The answer must carry the number of the one request out of several that was to be answered (Wei et al. 2023: distractors).</summary>
/// <param name="Number">1-based.</param>
public sealed record NumberedFormat(int Number) : AnswerFormat
{
    /// <summary>The id of this format.</summary>
    public const string Name = "numbered";

    /// <inheritdoc/>
    public override string Id => Name;

    string Mark => Number.ToString(System.Globalization.CultureInfo.InvariantCulture) + ".";

    /// <inheritdoc/>
    public override string Apply(string answer) => Mark + " " + answer;

    /// <inheritdoc/>
    public override bool IsRespectedBy(string response) => IsOpenedBy(response);

    /// <inheritdoc/>
    public override bool IsOpenedBy(string response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.TrimStart().StartsWith(Mark, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public override string ContentOf(string response) =>
        IsOpenedBy(response) ? response.TrimStart()[Mark.Length..].TrimStart() : response;
}
