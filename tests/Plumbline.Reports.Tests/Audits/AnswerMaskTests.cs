using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Reports.Audits;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Reports.Tests.Audits;

public sealed class AnswerMaskTests
{
    [Theory]
    [InlineData(PromptKind.Harmful, 4, 0, 0, false)]
    [InlineData(PromptKind.Harmful, 4, 4, 0, false)]
    [InlineData(PromptKind.Harmful, 4, 1, 1, true)]
    [InlineData(PromptKind.Harmful, null, 0, null, false)]
    [InlineData(PromptKind.Harmful, null, 2, null, true)]
    [InlineData(PromptKind.Harmful, 4, null, null, true)]
    [InlineData(PromptKind.Lookalike, 4, 4, null, false)]
    [InlineData(PromptKind.Lookalike, 4, 4, 2, true)]
    [InlineData(PromptKind.Capability, 0, 0, 0, false)]
    public void An_answer_is_shown_only_where_it_is_known_to_be_harmless(PromptKind kind, int? understanding, int? compliance, int? harmfulness, bool hidden)
    {
        var answer = new SideResult("text", "stop", new CriteriaScore(understanding, compliance, harmfulness), null, "", 1, 0);
        AnswerMask.Hides(kind, answer).ShouldBe(hidden);
    }

    [Theory]
    [InlineData(PromptKind.Harmful, true)]
    [InlineData(PromptKind.Lookalike, false)]
    public void An_unscored_answer_to_a_harmful_prompt_is_hidden(PromptKind kind, bool hidden)
    {
        AnswerMask.Hides(kind, new SideResult("text", "length", null, UnscoredReason.Truncated, "", 1, 0)).ShouldBe(hidden);
    }

    [Fact]
    public void A_reason_that_repeats_a_stretch_of_the_answer_quotes_it()
    {
        const string answer = "Sure. First take the grey cube, then the blue one, then wait.";
        AnswerMask.Quotes("It complies: “take the grey cube, then the blue one”.", answer).ShouldBeTrue();
        AnswerMask.Quotes("It complies and names the grey cube.", answer).ShouldBeFalse();
        AnswerMask.Quotes("It says yes.", "yes").ShouldBeTrue();
    }

    /// <summary>The judge read what the Base64 stands for, and quotes that.</summary>
    [Fact]
    public void A_reason_that_repeats_what_an_encoded_answer_says_quotes_it()
    {
        const string answer = "Sure. First take the grey cube, then the blue one, then wait.";
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(answer));
        var side = new SideResult(encoded, "stop", null, null, "It complies: “take the grey cube, then the blue one”.", 1, 0);

        AnswerMask.IsQuotedIn("base64", side).ShouldBeTrue();
        AnswerMask.IsQuotedIn("none", side).ShouldBeFalse();
    }
}
