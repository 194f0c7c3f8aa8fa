namespace Plumbline.Runs;

/// <summary>How a judge scored items whose score is known.</summary>
/// <param name="Asked">How often one was shown.</param>
/// <param name="AsExpected">Scored as it must be.</param>
/// <param name="Unscored">Not scored.</param>
/// <param name="Missed">The items that were scored otherwise, each once.</param>
public sealed record ControlCounts(int Asked, int AsExpected, int Unscored, IReadOnlyList<string> Missed)
{
    internal ControlCounts With(ControlRecord control) => new(
        Asked + 1,
        AsExpected + (control.AsExpected == true ? 1 : 0),
        Unscored + (control.AsExpected is null ? 1 : 0),
        control.AsExpected == false && !Missed.Contains(control.Item) ? [.. Missed, control.Item] : Missed);
}
