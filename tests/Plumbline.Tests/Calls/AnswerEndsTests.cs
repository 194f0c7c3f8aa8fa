using Microsoft.Extensions.AI;
using Plumbline.Calls;
using Shouldly;

namespace Plumbline.Tests.Calls;

public sealed class AnswerEndsTests
{
    /// <summary>What the documentations of OpenAI, Azure, Anthropic, Gemini, Bedrock, Cohere, Mistral, Text Generation Inference, watsonx, AI21, Titan, vLLM, DeepSeek and Zhipu list.</summary>
    [Theory]
    [InlineData(null, AnswerEnd.Whole, "stop")]
    [InlineData("", AnswerEnd.Whole, "stop")]
    [InlineData(" ", AnswerEnd.Whole, "stop")]
    [InlineData("stop", AnswerEnd.Whole, "stop")]
    [InlineData("STOP", AnswerEnd.Whole, "stop")]
    [InlineData("eos", AnswerEnd.Whole, "stop")]
    [InlineData("eos_token", AnswerEnd.Whole, "stop")]
    [InlineData("end_turn", AnswerEnd.Whole, "stop")]
    [InlineData("stop_sequence", AnswerEnd.Whole, "stop")]
    [InlineData("STOP_SEQUENCE", AnswerEnd.Whole, "stop")]
    [InlineData("COMPLETE", AnswerEnd.Whole, "stop")]
    [InlineData("endoftext", AnswerEnd.Whole, "stop")]
    [InlineData("FINISH", AnswerEnd.Whole, "stop")]
    [InlineData("tool_calls", AnswerEnd.Whole, "tool_calls")]
    [InlineData("tool_use", AnswerEnd.Whole, "tool_calls")]
    [InlineData("function_call", AnswerEnd.Whole, "tool_calls")]
    [InlineData("length", AnswerEnd.CutOff, "length")]
    [InlineData("LENGTH", AnswerEnd.CutOff, "length")]
    [InlineData("max_tokens", AnswerEnd.CutOff, "length")]
    [InlineData("MAX_TOKENS", AnswerEnd.CutOff, "length")]
    [InlineData("model_length", AnswerEnd.CutOff, "length")]
    [InlineData("model_context_window_exceeded", AnswerEnd.CutOff, "length")]
    [InlineData("content_filter", AnswerEnd.Withheld, "content_filter")]
    [InlineData("SAFETY", AnswerEnd.Withheld, "SAFETY")]
    [InlineData("safety", AnswerEnd.Withheld, "safety")]
    [InlineData("IMAGE_SAFETY", AnswerEnd.Withheld, "IMAGE_SAFETY")]
    [InlineData("RECITATION", AnswerEnd.Withheld, "RECITATION")]
    [InlineData("BLOCKLIST", AnswerEnd.Withheld, "BLOCKLIST")]
    [InlineData("PROHIBITED_CONTENT", AnswerEnd.Withheld, "PROHIBITED_CONTENT")]
    [InlineData("SPII", AnswerEnd.Withheld, "SPII")]
    [InlineData("guardrail_intervened", AnswerEnd.Withheld, "guardrail_intervened")]
    [InlineData("content_filtered", AnswerEnd.Withheld, "content_filtered")]
    [InlineData("CONTENT_FILTERED", AnswerEnd.Withheld, "CONTENT_FILTERED")]
    [InlineData("policy_violation", AnswerEnd.Withheld, "policy_violation")]
    [InlineData("moderation", AnswerEnd.Withheld, "moderation")]
    [InlineData("ERROR_TOXIC", AnswerEnd.Withheld, "ERROR_TOXIC")]
    [InlineData("sensitive", AnswerEnd.Withheld, "sensitive")]
    [InlineData("refusal", AnswerEnd.Withheld, "refusal")]
    [InlineData("error", AnswerEnd.Unknown, "error")]
    [InlineData("abort", AnswerEnd.Unknown, "abort")]
    [InlineData("OTHER", AnswerEnd.Unknown, "OTHER")]
    [InlineData("cancelled", AnswerEnd.Unknown, "cancelled")]
    [InlineData("insufficient_system_resource", AnswerEnd.Unknown, "insufficient_system_resource")]
    [InlineData("MALFORMED_FUNCTION_CALL", AnswerEnd.Unknown, "MALFORMED_FUNCTION_CALL")]
    [InlineData("?!", AnswerEnd.Unknown, "?!")]
    [InlineData("true", AnswerEnd.Unknown, "true")]
    public void A_word_of_a_server_means_what_its_documentation_says(string? said, AnswerEnd end, string reason) =>
        (AnswerEnds.Of(said), AnswerEnds.Reason(said)).ShouldBe((end, new ChatFinishReason(reason)));

    [Fact]
    public void A_word_is_shown_short_and_without_what_steers_a_terminal() =>
        AnswerEnds.Shown("\u001b[31m" + new string('x', 10_000)).ShouldBe("\uFFFD[31m" + new string('x', 55) + "…");
}
