using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plumbline.Json;

/// <summary>Writes an enum by its name in camelCase and refuses numbers, so that a file stays readable and its values stay
/// stable.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
