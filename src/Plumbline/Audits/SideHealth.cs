using Plumbline.Pairs;

namespace Plumbline.Audits;

/// <summary>The health of one side's model.</summary>
sealed class SideHealth(Side side, string name) : CallHealth
{
    /// <inheritdoc/>
    public override SideUnavailableException Unavailable(Exception failure) => new(
        side,
        $"The {side.ToString().ToLowerInvariant()} '{name}' cannot be asked: {failure.Message} What was answered so far is kept: run "
            + "the same command again to go on.",
        failure);
}
