namespace Plumbline.Tuning.Formats;

/// <summary>No demand.</summary>
public sealed record PlainFormat : AnswerFormat
{
    /// <inheritdoc/>
    public override string Id => "plain";

    /// <inheritdoc/>
    public override string Apply(string answer) => answer;

    /// <inheritdoc/>
    public override bool IsRespectedBy(string response) => true;
}
