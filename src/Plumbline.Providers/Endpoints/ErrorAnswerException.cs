namespace Plumbline.Providers.Endpoints;

/// <summary>A server answered with a status of success, and with an error in the place of an answer.</summary>
/// <param name="said">What it says, as far as it is a text.</param>
internal sealed class ErrorAnswerException(string said) : FormatException($"an error with status 200: {said}");
