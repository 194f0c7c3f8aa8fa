using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plumbline.Files;

namespace Plumbline.Runs;

/// <summary>A number that stands in JSON as a text, such as "0.03".</summary>
sealed class NumberAsText<T> : JsonConverter<T?>
    where T : struct, INumber<T>
{
    /// <inheritdoc/>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && T.IsFinite(number)
            ? number
            : throw new FieldException($"{(text is null ? "it is no text" : $"it is '{text}'")}, and a number in quotes is expected, such as \"{T.CreateTruncating(0.03).ToString(null, CultureInfo.InvariantCulture)}\".");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options)
    {
        if (value is { } number)
            writer.WriteStringValue(number.ToString(null, CultureInfo.InvariantCulture));
        else
            writer.WriteNullValue();
    }
}
