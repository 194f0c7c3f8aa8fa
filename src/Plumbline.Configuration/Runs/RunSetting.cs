namespace Plumbline.Configuration.Runs;

/// <summary>One value of <c>settings.json</c>.</summary>
/// <param name="Text">As it was given, references unresolved.</param>
/// <param name="Folder">The folder that a relative path in it starts from.</param>
public sealed record RunSetting(string Text, string Folder);
