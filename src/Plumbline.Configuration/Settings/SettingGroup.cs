namespace Plumbline.Configuration.Settings;

/// <summary>A key of the file that holds others.</summary>
/// <param name="Key">Its place; <c>[]</c> stands for an item of a list.</param>
/// <param name="Description">What belongs in it.</param>
/// <param name="Shorthand">The one key inside that a bare value stands for: <c>baseline: bob</c> is <c>baseline: { model: bob }</c>. Null where
/// it must be written out.</param>
public sealed record SettingGroup(string Key, string Description, string? Shorthand = null);
