using Plumbline.Providers.Models;

namespace Plumbline.Cli.Setup;

/// <summary>What a reference to the environment stands for stays out of plans, journals and reports, and out of what is said where a call fails.</summary>
internal static class ShownFacts
{
    /// <summary>The model by facts that may be shown; itself where nothing in its name is to be hidden.</summary>
    /// <param name="opened">The model.</param>
    /// <param name="hide">Puts references into the place of what they stand for.</param>
    /// <param name="shown">What it is called; null for its name with references.</param>
    public static OpenedModel Of(OpenedModel opened, Func<string, string> hide, string? shown = null)
    {
        var name = shown ?? hide(opened.Facts.Name);
        return name == opened.Facts.Name
            ? opened
            : opened.HiddenBy(hide, name);
    }
}
