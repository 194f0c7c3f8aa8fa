using System.Text.Json;

namespace Plumbline.Files;

/// <summary>What is wrong with a field's value, in our own words; the serializer adds which field it is. What it throws by itself is of its own types, and is no user's.</summary>
/// <param name="message">What was found and what is expected, to be read after "cannot be read:".</param>
sealed class FieldException(string message) : JsonException(message);
