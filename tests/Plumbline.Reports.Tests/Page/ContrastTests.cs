using System.Globalization;
using System.Text.RegularExpressions;
using Plumbline.Reports.Page;
using Shouldly;

namespace Plumbline.Reports.Tests.Page;

/// <summary>Text can be read on every ground it stands on: WCAG 2.2, success criterion 1.4.3, asks for a contrast of 4.5.</summary>
public sealed partial class ContrastTests
{
    private static readonly string[] Inks = ["ink", "ink-2", "ink-3", "accent", "baseline", "candidate", "bad", "good", "mark"];
    private static readonly string[] Grounds = ["paper", "sunk", "raised", "bad-tint", "good-tint", "calm-tint", "mark-tint"];

    [Theory]
    [InlineData(0, "light")]
    [InlineData(1, "dark")]
    [InlineData(2, "print")]
    public void Every_ink_can_be_read_on_every_ground(int theme, string name)
    {
        var blocks = RootBlock().Matches(PageAssets.Style).Select(block => Variables(block.Groups[1].Value)).ToArray();
        blocks.Length.ShouldBe(3);
        // A theme that does not set a colour inherits the light one's.
        var colours = blocks[0].Concat(blocks[theme]).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value);

        foreach (var (ink, ground) in from ink in Inks from ground in Grounds where ground != "mark-tint" || ink == "mark" select (ink, ground))
        {
            Contrast(colours[ink], colours[ground]).ShouldBeGreaterThanOrEqualTo(4.5, $"{name}: {ink} on {ground}");
        }
    }

    /// <summary>A heat map's number stands on a mixture of the warning colour with the page's.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_number_can_be_read_on_every_shade_of_the_heat_map(int theme)
    {
        var blocks = RootBlock().Matches(PageAssets.Style).Select(block => Variables(block.Groups[1].Value)).ToArray();
        var colours = blocks[0].Concat(blocks[theme]).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value);
        var shades = Shade().Matches(PageAssets.Style).Select(shade => int.Parse(shade.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();

        shades.Count.ShouldBe(6);
        foreach (var percent in shades)
        {
            Contrast(colours["ink"], Mixed(colours["bad"], colours["paper"], percent / 100.0)).ShouldBeGreaterThanOrEqualTo(4.5, $"{percent}%");
        }
    }

    private static string Mixed(string one, string other, double share)
    {
        return "#" + string.Concat(Enumerable.Range(0, 3).Select(i => ((int)Math.Round((Part(one, i) * share) + (Part(other, i) * (1 - share)))).ToString("x2", CultureInfo.InvariantCulture)));

        static int Part(string colour, int i)
        {
            var hex = colour.Length == 4 ? string.Concat(colour.Skip(1).SelectMany(digit => new[] { digit, digit })) : colour[1..];
            return int.Parse(hex.AsSpan(i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
    }

    [GeneratedRegex(@"\.heat-\d \{ background: color-mix\(in srgb, var\(--bad\) (\d+)%, var\(--paper\)\)", RegexOptions.None, 1000)]
    private static partial Regex Shade();

    private static Dictionary<string, string> Variables(string block) =>
        Variable().Matches(block).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var hex = colour.Length == 4 ? string.Concat(colour.Skip(1).SelectMany(digit => new[] { digit, digit })) : colour[1..];
        var linear = Enumerable.Range(0, 3)
            .Select(i => int.Parse(hex.AsSpan(i * 2, 2), NumberStyles.HexNumber) / 255.0)
            .Select(v => v <= 0.03928 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4))
            .ToArray();
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    [GeneratedRegex(@":root \{([^}]*)\}", RegexOptions.None, 1000)]
    private static partial Regex RootBlock();

    [GeneratedRegex(@"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6});", RegexOptions.None, 1000)]
    private static partial Regex Variable();
}
