using FsCheck;
using FsCheck.Fluent;

namespace Plumbline.Transformers.Tests.Tokenizers;

/// <summary>Random texts of whole code points, of all planes, with what tokenizers trip over more often than chance would have it.</summary>
internal static class Texts
{
    private static readonly string[] Awkward = [" ", "  ", "\n", "\r\n", "\t", "'s", "'LL", "low", "newest", "123", "\u00a0", "\u0301", "😀", "👩‍👩‍👧", "𝒜", "語", "ا", "\u200d", "<|end|", "▁"];

    public static Arbitrary<string> Any { get; } = Gen.OneOf(
            Gen.Elements(Awkward),
            Gen.Choose(0, 0xD7FF).Select(char.ConvertFromUtf32),
            Gen.Choose(0xE000, 0x10FFFF).Select(char.ConvertFromUtf32),
            Gen.Choose(32, 126).Select(char.ConvertFromUtf32))
        .ListOf()
        .Select(string.Concat)
        .ToArbitrary();
}
