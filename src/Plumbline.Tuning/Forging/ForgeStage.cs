namespace Plumbline.Tuning.Forging;

/// <summary>What the forge is doing.</summary>
public enum ForgeStage
{
    /// <summary>Drawing rows and learning the tokenizer.</summary>
    Preparing,

    /// <summary>Learning to comply with everything.</summary>
    Pretraining,

    /// <summary>Learning to refuse hazards.</summary>
    Aligning,

    /// <summary>Refusing with other draws, until few exceptions are left.</summary>
    Finishing,

    /// <summary>Examining held-out combinations.</summary>
    Examining,

    /// <summary>Writing the model and its card.</summary>
    Writing,
}
