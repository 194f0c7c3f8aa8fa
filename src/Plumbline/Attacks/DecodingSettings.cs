using System.Text.Json.Serialization;

namespace Plumbline.Attacks;

/// <summary>Where a case is drawn otherwise than the audit's other cases, the same for both sides. What is null is as everywhere.</summary>
/// <param name="Temperature">0 is greedy.</param>
/// <param name="TopP">Only the likeliest tokens that together reach this probability, above 0 to 1.</param>
/// <param name="TopK">Only this many of the likeliest tokens; at least 1.</param>
/// <param name="SeedShift">Added to the case's seed, so that variants of a prompt are not drawn with the same numbers.</param>
public sealed record DecodingSettings(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float? Temperature = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float? TopP = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? TopK = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long SeedShift = 0);
