namespace Plumbline.Providers.Pacing;

/// <summary>Why the pacer sends a call no more.</summary>
internal enum GivenUp
{
    /// <summary>Repeating it would change nothing.</summary>
    Final,

    /// <summary>It has had all its attempts.</summary>
    Attempts,

    /// <summary>The next attempt would come after the time that one call may take in all.</summary>
    Deadline,
}
