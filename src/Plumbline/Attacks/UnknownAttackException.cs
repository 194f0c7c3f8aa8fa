namespace Plumbline.Attacks;

/// <summary>A name that is no attack's: the message lists those that are.</summary>
public sealed class UnknownAttackException(string message) : Exception(message);
