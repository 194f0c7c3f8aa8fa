namespace Plumbline.Tuning.Forging;

/// <summary>How far the forge is.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Done">Steps done of the stage.</param>
/// <param name="Total">Steps of the stage.</param>
/// <param name="Loss">Loss of the step, while training.</param>
/// <param name="TokensPerSecond">Speed of the step, while training.</param>
public sealed record ForgeProgress(ForgeStage Stage, int Done, int Total, double? Loss = null, double? TokensPerSecond = null);
