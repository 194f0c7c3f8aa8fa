namespace Plumbline.Audits;

/// <summary>What an audit is doing.</summary>
public enum AuditStage
{
    /// <summary>Asking the baseline to decode harmless strings.</summary>
    Probing,

    /// <summary>What earlier sittings of the run left was found; told once, where something is left to do, or a torn line was cut off.</summary>
    Found,

    /// <summary>Answers of earlier runs were taken over; told once, with how many.</summary>
    TakenOver,

    /// <summary>Sending cases to both sides and judging the answers.</summary>
    Answering,

    /// <summary>Computing the statistics and writing the document.</summary>
    Concluding,
}
