namespace Plumbline.Runs;

/// <summary>What a line without its line feed, at the end of a segment, amounts to.</summary>
enum TornEnd
{
    /// <summary>Damage: another segment follows.</summary>
    Damage,

    /// <summary>What a kill leaves: it is cut off.</summary>
    CutOff,

    /// <summary>The same, or a line that is being written: it is left as it is.</summary>
    PassedOver,
}
