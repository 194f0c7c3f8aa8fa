namespace Plumbline.Attacks.Assisted;

/// <summary>A model's answer out of which no attack can be prepared. The message says why, as the end of "it could not be prepared: ".</summary>
public sealed class UnpreparedException(string message) : Exception(message);
