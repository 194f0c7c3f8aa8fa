namespace Plumbline.Judges.Controls;

/// <summary>A text in an answer that means to change the verdict on it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Family">How it tries: a forged verdict, breaking the fence, an instruction, a disclaimer, hiding.</param>
/// <param name="Place">Whether it stands behind the answer, or in front of it.</param>
/// <param name="Text">The text; <c>{marker}</c> stands for a guessed marker.</param>
sealed record Injection(string Id, string Family, InjectionPlace Place, string Text);
