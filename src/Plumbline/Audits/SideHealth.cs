using Plumbline.Pairs;

namespace Plumbline.Audits;

/// <summary>The health of one side's model.</summary>
/// <param name="side">The side.</param>
/// <param name="name">The model's name.</param>
/// <param name="keeps">Whether the run holds an answer by then; null before a run is begun.</param>
/// <param name="hasAnsweredBefore">Whether the model answered in an earlier sitting.</param>
/// <param name="ended">Is cancelled where there is no use in going on with any model.</param>
sealed class SideHealth(Side side, string name, Func<bool>? keeps = null, bool hasAnsweredBefore = false, CancellationToken ended = default) : CallHealth(ended)
{
    /// <inheritdoc/>
    protected override bool HasAnsweredBefore => hasAnsweredBefore;

    /// <inheritdoc/>
    public override SideUnavailableException Unavailable(Exception failure) => new(
        side,
        $"The {side.ToString().ToLowerInvariant()} '{name}' cannot be asked: {failure.Message} "
            + (keeps?.Invoke() is true ? "What was answered so far is kept: run the same command again to go on." : "Nothing was answered yet: run the same command again when that is mended."),
        failure);
}
