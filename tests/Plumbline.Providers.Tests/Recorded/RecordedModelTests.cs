using Microsoft.Extensions.AI;
using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Providers.Models;
using Shouldly;

namespace Plumbline.Providers.Tests.Recorded;

public sealed class RecordedModelTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"plumbline-{Guid.NewGuid():N}.jsonl");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_found_by_its_conversation_and_the_sampling_that_it_states()
    {
        using var model = Open(
            """{"prompt": "What is 2 + 2?", "response": "any"}""",
            "",
            """{"messages": [{"role": "user", "content": "What is 2 + 2?"}], "sampling": {"temperature": 0.7, "maxOutputTokens": 10, "seed": 3}, "response": "third", "finishReason": "length", "inputTokens": 9, "outputTokens": 2, "model": "m"}""",
            """{"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is 2 + 2?"}], "response": "4"}""");

        var exact = await model.Client.GetResponseAsync("What is 2 + 2?", new ChatOptions { Temperature = 0.7f, MaxOutputTokens = 10, Seed = 3 }, Cancel);
        (exact.Text, exact.FinishReason, exact.Usage!.InputTokenCount, exact.Usage.OutputTokenCount).ShouldBe(("third", ChatFinishReason.Length, 9, 2));
        (await model.Client.GetResponseAsync("What is 2 + 2?", new ChatOptions { Temperature = 0.7f, MaxOutputTokens = 10, Seed = 4 }, Cancel)).Text.ShouldBe("any");
        (await model.Client.GetResponseAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, "What is 2 + 2?")], cancellationToken: Cancel)).Text.ShouldBe("4");
        model.Facts.Identity.ShouldStartWith("recorded:");
        model.Facts.Facts[ModelOpener.RunsAt].ShouldBe("nowhere: 3 recorded answers");
    }

    [Theory]
    [InlineData("another question", "holds no answer to this conversation")]
    [InlineData("What is 2 + 2?", "none that was drawn so: temperature 0, at most 5 tokens, seed 1")]
    [InlineData("what is 2 + 2?", "holds no answer")]
    public async Task What_is_not_recorded_is_told_and_is_no_sign_of_a_dead_model(string question, string expected)
    {
        using var model = Open("""{"prompt": "What is 2 + 2?", "sampling": {"seed": 2}, "response": "4"}""");

        var failure = await Should.ThrowAsync<CaseNotAnswerableException>(() => model.Client.GetResponseAsync(question, new ChatOptions { Temperature = 0, MaxOutputTokens = 5, Seed = 1 }, Cancel));

        failure.Message.ShouldContain(expected);
        failure.Message.ShouldContain(_file);
    }

    [Theory]
    [InlineData("""{"probes": [{"attack": "rot13", "decoded": 1, "asked": 3}]}""", "item 1: the field 'required' is missing")]
    [InlineData("""{"probes": [], "prompt": "a"}""", "field 'probes': expected a list that is not empty")]
    [InlineData("{", "line 2, column 2: not valid JSON")]
    [InlineData("[]", "line 2: expected an object, found an empty list")]
    [InlineData("""{"prompt": "a", "respons": "b"}""", "line 2: the field 'respons' is unknown. There are messages, prompt,")]
    [InlineData("""{"prompt": "a"}""", "line 2: the field 'response' is missing")]
    [InlineData("""{"response": "a"}""", "needs either 'prompt'")]
    [InlineData("""{"prompt": "a", "messages": [{"role": "user", "content": "a"}], "response": "a"}""", "needs either 'prompt'")]
    [InlineData("""{"prompt": 1, "response": "a"}""", "line 2, field 'prompt': expected a text, found 1")]
    [InlineData("""{"messages": [], "response": "a"}""", "field 'messages': expected a list that is not empty")]
    [InlineData("""{"messages": [{"role": "tool", "content": "a"}], "response": "a"}""", "line 2, field 'messages', item 1, field 'role': expected system, user or assistant, found 'tool'")]
    [InlineData("""{"messages": [{"role": "user"}], "response": "a"}""", "item 1: the field 'content' is missing")]
    [InlineData("""{"prompt": "a", "response": "a", "sampling": {"seed": 1.5}}""", "line 2, field 'sampling', field 'seed': expected a number that is not negative, without a fraction, found 1.5")]
    [InlineData("""{"prompt": "a", "response": "a", "sampling": {"temperature": -1}}""", "field 'temperature': expected a number that is not negative, found -1")]
    [InlineData("""{"prompt": "a", "response": "a", "response": "b"}""", "a field twice")]
    [InlineData("""{"prompt": "ok", "response": "b"}""", "line 2: answers the same conversation with the same sampling as line 1")]
    [InlineData("""{"prompt": "\ud83d", "response": "b"}""", "half of a surrogate pair")]
    public void A_line_that_is_no_recorded_answer_is_told_with_its_place(string line, string expected)
    {
        var failure = Should.Throw<ModelReferenceException>(() => Open("""{"prompt": "ok", "response": "b"}""", line));

        failure.Message.ShouldContain(_file);
        failure.Message.ShouldContain(expected);
    }

    [Fact]
    public void What_the_decode_probe_found_is_remembered()
    {
        using var model = Open("""{"prompt": "a", "response": "b"}""", """{"probes": [{"attack": "rot13", "decoded": 1, "asked": 3, "required": 9}, {"attack": "base64", "decoded": 9, "asked": 9, "required": 9}]}""");

        var memory = (IProbeMemory)model.Client.GetService(typeof(IProbeMemory))!;

        memory.ProbeOf("rot13").ShouldBe(new DecodeProbeResult(1, 3, 9, Kept: false));
        memory.ProbeOf("base64")!.Kept.ShouldBeTrue();
        memory.ProbeOf("leetspeak").ShouldBeNull();
    }

    [Fact]
    public void An_empty_file_and_none_at_all_are_told()
    {
        Should.Throw<ModelReferenceException>(() => Open()).Message.ShouldContain("holds no recorded answer");
        File.Delete(_file);
        Should.Throw<ModelReferenceException>(() => ModelReference.Parse("recorded:" + _file)).Message.ShouldContain("There is no file");
        Should.Throw<ModelReferenceException>(() => ModelReference.Parse("recorded:")).Message.ShouldContain("names no file");
    }

    public void Dispose() => File.Delete(_file);

    private OpenedModel Open(params string[] lines)
    {
        File.WriteAllLines(_file, lines);
        return new ModelOpener(new ApiKeys(_ => null), TimeProvider.System).Open(ModelReference.Parse("recorded:" + _file), threads: 1);
    }
}
