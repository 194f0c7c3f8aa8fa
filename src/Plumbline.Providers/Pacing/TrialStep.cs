namespace Plumbline.Providers.Pacing;

/// <summary>What a <see cref="RefusalTrial"/> suggests.</summary>
internal enum TrialStep
{
    /// <summary>Nothing yet.</summary>
    GoOn,

    /// <summary>The sample is full and asks for no change; a new one begins.</summary>
    Stay,

    /// <summary>Refusals do not depend on the window as far as it was: double it, and look again.</summary>
    Widen,

    /// <summary>They do: take the last doubling back.</summary>
    GiveUp,
}
