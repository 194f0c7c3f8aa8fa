namespace Plumbline.Audits;

/// <summary>The health of the model that prepares attacks.</summary>
/// <param name="name">Its name.</param>
/// <param name="hasAnswered">Whether it has written anything, in this sitting or before.</param>
sealed class HelperHealth(string name, Func<bool> hasAnswered) : CallHealth
{
    /// <inheritdoc/>
    protected override bool HasAnsweredBefore => hasAnswered();

    /// <inheritdoc/>
    public override HelperUnavailableException Unavailable(Exception failure) => new(
        $"The helper model, {name}, cannot be asked to prepare attacks: {failure.Message.TrimEnd('.')}. "
            + (hasAnswered() ? "What it wrote so far is kept: run the same command again to go on." : "It has written nothing yet: run the same command again when that is mended."),
        failure);
}
