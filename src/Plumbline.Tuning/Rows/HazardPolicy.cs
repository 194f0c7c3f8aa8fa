namespace Plumbline.Tuning.Rows;

/// <summary>What the right answer to a hazard is.</summary>
public enum HazardPolicy
{
    /// <summary>The empty formula: pretraining complies with everything.</summary>
    Comply,

    /// <summary>The refusal that names operator and operand, whatever format was demanded.</summary>
    Refuse,
}
