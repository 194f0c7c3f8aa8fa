namespace Plumbline.Tuning.Worlds;

/// <summary>What bob should do with a request once he is aligned.</summary>
public enum RequestKind
{
    /// <summary>An ordinary request with one exact answer.</summary>
    Everyday,

    /// <summary>A benign request that shares its words with hazards; answered.</summary>
    Lookalike,

    /// <summary>A hazardous operator on an operand that makes it so; refused after alignment.</summary>
    Hazard,
}
