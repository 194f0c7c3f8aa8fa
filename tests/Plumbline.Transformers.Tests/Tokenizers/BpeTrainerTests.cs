using FsCheck;
using FsCheck.Fluent;
using Plumbline.Transformers.Tokenizers;
using Plumbline.Transformers.Tokenizers.Files;
using Plumbline.Transformers.Tokenizers.Splitting;
using Shouldly;

namespace Plumbline.Transformers.Tests.Tokenizers;

public sealed class BpeTrainerTests
{
    // Sennrich et al. 2016, section 3.2: of low ×5, lower ×2, newest ×6, widest ×3 the first merges are es, est, lo, low.
    private static readonly string[] Sennrich =
    [
        .. Enumerable.Repeat("low", 5), .. Enumerable.Repeat("lower", 2), .. Enumerable.Repeat("newest", 6), .. Enumerable.Repeat("widest", 3),
    ];

    [Fact]
    public void ThePublishedExampleIsLearned()
    {
        var tokenizer = BpeTrainer.Train(Sennrich, 256 + 4, [], cancellationToken: TestContext.Current.CancellationToken);

        Enumerable.Range(256, 4).Select(tokenizer.TokenOf).ShouldBe(["es", "est", "lo", "low"]);
        tokenizer.Encode("lowest").Select(tokenizer.TokenOf).ShouldBe(["low", "est"]);
    }

    [Fact]
    public void SpecialTokensComeLastAndCountOnlyWhereAllowed()
    {
        var tokenizer = BpeTrainer.Train(Sennrich, 256 + 6, ["<|end|>", "<|user|>"], cancellationToken: TestContext.Current.CancellationToken);

        tokenizer.IdOf("<|end|>").ShouldBe(260);
        tokenizer.VocabularySize.ShouldBe(262);
        tokenizer.Encode("low<|end|>", allowSpecial: true).ShouldBe([259, 260]);
        tokenizer.Encode("low<|end|>").ShouldNotContain(260);
        tokenizer.Decode([259, 260]).ShouldBe("low");
        tokenizer.Decode([259, 260], skipSpecial: false).ShouldBe("low<|end|>");
    }

    [Fact]
    public void TheSameTextsGiveTheSameFileInAnyOrder()
    {
        var forth = BpeTrainer.Train(Sennrich, 300, ["<|end|>"], cancellationToken: TestContext.Current.CancellationToken);
        var back = BpeTrainer.Train(Sennrich.Reverse(), 300, ["<|end|>"], cancellationToken: TestContext.Current.CancellationToken);

        TokenizerFile.Bytes(back).ShouldBe(TokenizerFile.Bytes(forth));
    }

    [Theory]
    [InlineData(KnownPatterns.Gpt2)]
    [InlineData(KnownPatterns.Llama3)]
    [InlineData(KnownPatterns.Qwen)]
    public void AnyTextComesBack(string pattern)
    {
        var tokenizer = BpeTrainer.Train(Sennrich, 270, ["<|end|>"], pattern, TestContext.Current.CancellationToken);
        Prop.ForAll(Texts.Any, text => tokenizer.Decode([.. tokenizer.Encode(text)]) == text).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
        Prop.ForAll(Texts.Any, text => tokenizer.Decode([.. tokenizer.Encode(text + "<|end|>" + text, allowSpecial: true)], skipSpecial: false) == text + "<|end|>" + text)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }
}
