namespace Plumbline.Attacks.Assisted;

/// <summary>A prompt that is not asked under an attack, because the attack could not be prepared for it.</summary>
/// <param name="PromptId">The prompt.</param>
/// <param name="Reason">Why.</param>
public sealed record UnpreparedPrompt(string PromptId, string Reason);
