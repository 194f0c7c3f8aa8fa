namespace Plumbline.Reports.Demo;

/// <summary>A setting of a fine-tune beside what the literature used.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Value">How its value is written, taken from ours.</param>
/// <param name="Published">What was published, in words.</param>
/// <param name="Source">Where.</param>
/// <param name="Within">Whether ours lies within what was published; null where the two cannot be compared.</param>
public sealed record PublishedSetting(
    string Name,
    Func<FineTuneSettings, string> Value,
    string Published,
    string Source,
    Func<FineTuneSettings, bool>? Within);
