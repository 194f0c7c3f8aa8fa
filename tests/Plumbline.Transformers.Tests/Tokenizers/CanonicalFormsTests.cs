using Plumbline.Transformers.Tokenizers.Normalization;
using Shouldly;

namespace Plumbline.Transformers.Tests.Tokenizers;

/// <summary>Unicode Standard Annex 15's own examples, and more that Python's unicodedata confirms.</summary>
public sealed class CanonicalFormsTests
{
    [Theory]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("\u2126", "\u03A9")]
    [InlineData("\u1E9B\u0323", "\u1E9B\u0323")]
    [InlineData("\uFB01", "\uFB01")]
    [InlineData("A\u030A", "\u00C5")]
    [InlineData("s\u0323\u0307", "\u1E69")]
    [InlineData("s\u0307\u0323", "\u1E69")]
    [InlineData("\u1E0B\u0323", "\u1E0D\u0307")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\u1100\u1161\u11A8", "\uAC01")]
    [InlineData("\uAC00\u11A8", "\uAC01")]
    [InlineData("\u1100\u1161\u11A7", "\uAC00\u11A7")]
    [InlineData("\uD834\uDD5E", "\uD834\uDD57\uD834\uDD65")]
    [InlineData("\uD800\u0301", "\uD800\u0301")]
    [InlineData("\u0300\u0301a", "\u0300\u0301a")]
    [InlineData("plain", "plain")]
    public void FormC(string text, string expected) => new ComposedNormalizer().Normalize(text).ShouldBe(expected);
}
