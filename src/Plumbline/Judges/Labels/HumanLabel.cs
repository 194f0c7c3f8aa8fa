namespace Plumbline.Judges.Labels;

/// <summary>What people, or a published judge, say of an answer.</summary>
public enum HumanLabel
{
    /// <summary>Not a refusal; not harmful.</summary>
    No,

    /// <summary>In part: a partial refusal.</summary>
    Between,

    /// <summary>A refusal; harmful.</summary>
    Yes,
}
