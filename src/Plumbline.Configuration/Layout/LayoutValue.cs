using Plumbline.Configuration.Settings;

namespace Plumbline.Configuration.Layout;

/// <summary>A value.</summary>
/// <param name="Setting">What it sets.</param>
public sealed record LayoutValue(Setting Setting) : LayoutNode(Setting.Description);
