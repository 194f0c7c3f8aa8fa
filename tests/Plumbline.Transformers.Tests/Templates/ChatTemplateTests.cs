using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Templates;
using Shouldly;

namespace Plumbline.Transformers.Tests.Templates;

public sealed class ChatTemplateTests
{
    // Of 2⁶⁰ items, shared inside of one another, twice over.
    private const string Doubled =
        "{% set ns = namespace(s=[1], t=[1]) %}{% for i in range(60) %}{% set ns.s = [ns.s, ns.s] %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}";

    private const string Deep =
        "{% set ns = namespace(s=[1], t=[1]) %}{% for i in range(90000) %}{% set ns.s = [ns.s] %}{% set ns.t = [ns.t] %}{% endfor %}";

    private static readonly TemplateMessage[] Hello = [new("user", "Hello")];

    public static TheoryData<string> Own => ["chatml", "llama-2-style", "mistral-style", "features"];

    [Theory]
    [MemberData(nameof(Own))]
    public void OwnTemplatesRenderAsJinjaDoes(string name) => RendersAsExpected(name, Fixture.Text($"templates/{name}.jinja"));

    [Theory]
    [InlineData("llama3_2")]
    [InlineData("qwen3")]
    public void PublishedTemplatesRenderAsJinjaDoes(string name)
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Fixture.Shared($"tokenizers/{name}.tokenizer_config.json")));
        RendersAsExpected(name, config.RootElement.GetProperty("chat_template").GetString()!);
    }

    [Theory]
    [InlineData("a\n{% include 'x' %}", "line 2: the statement 'include'")]
    [InlineData("{{ messages | sort }}", "line 1: the filter 'sort'")]
    [InlineData("{{ 1 is prime }}", "the test 'prime'")]
    [InlineData("\n\n{{ lipsum() }}", "line 3: the function 'lipsum'")]
    [InlineData("{{ 'x'.encode() }}", "'encode' of a text")]
    [InlineData("{% for x in y recursive %}{% endfor %}", "a recursive loop")]
    [InlineData("{{ f(*messages) }}", "'*' before an argument")]
    [InlineData("{% call x() %}{% endcall %}", "the statement 'call'")]
    [InlineData("{{ nothing.more }}", "'nothing', which is undefined, has no 'more'")]
    [InlineData("{{ messages | tojson(ensure_ascii=true) }}", "tojson with ensure_ascii")]
    public void AConstructOutsideOfTheSubsetIsNamedWithItsLine(string jinja, string named) =>
        Should.Throw<CheckpointException>(() => ChatTemplate.Parse(jinja).Render(Hello, addGenerationPrompt: true)).Message.ShouldContain(named);

    [Theory]
    [InlineData("{% if true %}", "expected 'endif'")]
    [InlineData("{% if true %}{% endfor %}", "expected 'endif' for what line 1 begins, found 'endfor'")]
    [InlineData("{% endif %}", "'endif' ends what was not begun")]
    [InlineData("{{ 'open }}", "not closed by its quote")]
    [InlineData("{{ 1 + }}", "expected a value")]
    [InlineData("{{ 1", "not closed by }}")]
    [InlineData("{# open", "not closed by #}")]
    [InlineData("{{ a ! b }}", "'!' has no meaning")]
    [InlineData("{{ 1 2 }}", "expected '}}', found '2'")]
    [InlineData("{% set %}", "a variable's name")]
    [InlineData("{{ (((( }}", "")]
    public void AMalformedTemplateIsAClearError(string jinja, string named) =>
        Should.Throw<CheckpointException>(() => ChatTemplate.Parse(jinja)).Message.ShouldContain(named);

    [Theory]
    [InlineData("{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}x{% endfor %}{% endfor %}{% endfor %}")]
    [InlineData("{{ 'x' * 100000000 }}")]
    [InlineData("{% set ns = namespace(s='xx') %}{% for i in range(9) %}{% set ns.s = ns.s | replace('x', ns.s) %}{% endfor %}")]
    [InlineData("{% set ns = namespace(s='xx') %}{% for i in range(9) %}{% set ns.s = ns.s.replace('x', ns.s) %}{% endfor %}")]
    [InlineData("{% set ns = namespace(s='xx') %}{% for i in range(40) %}{% set ns.s = [ns.s, ns.s, ns.s] | join %}{% endfor %}")]
    [InlineData("{% set ns = namespace(s=[1]) %}{% for i in range(40) %}{% set ns.s = ns.s + ns.s %}{% endfor %}")]
    [InlineData("{{ 'x'.replace('', 'y') }}")]
    [InlineData("{{ range(10 ** 12) }}")]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")]
    [InlineData("{{ 1 // 0 }}")]
    [InlineData("{{ (-9223372036854775807 - 1) | abs }}")]
    [InlineData(Doubled + "{{ ns.s }}")]
    [InlineData(Doubled + "{{ ns.s ~ '' }}")]
    [InlineData(Doubled + "{{ ns.s | string }}")]
    [InlineData(Doubled + "{{ ns.s | join(',') }}")]
    [InlineData(Doubled + "{{ ns.s | tojson }}")]
    [InlineData(Doubled + "{{ ns.s | tojson(indent=16) }}")]
    [InlineData(Doubled + "{{ {'k': ns.s} | tojson }}")]
    [InlineData(Doubled + "{{ ns.s == ns.t }}")]
    [InlineData(Doubled + "{{ ns.s is eq ns.t }}")]
    [InlineData(Doubled + "{{ ns.s in [ns.t] }}")]
    [InlineData(Doubled + "{{ {'k': ns.s} == {'k': ns.t} }}")]
    [InlineData(Doubled + "{{ raise_exception(ns.s) }}")]
    [InlineData(Deep + "{{ ns.s }}")]
    [InlineData(Deep + "{{ ns.s | tojson }}")]
    [InlineData(Deep + "{{ ns.s == ns.t }}")]
    [InlineData("{% set x = 'x' * 1000000 %}{% for i in range(200000) %}{% set y = x | upper %}{% endfor %}")]
    [InlineData("{% set x = 'x' * 1000000 %}{% for i in range(200000) %}{% set y = x.title() %}{% endfor %}")]
    [InlineData("{% set x = 'x' * 1000000 %}{% for i in range(200000) %}{{ x }}{% endfor %}")]
    [InlineData("{% set x = 'x' * 1000000 %}{% for i in range(200000) %}{% set y = x[0] %}{% endfor %}")]
    [InlineData("{% set x = 'x' * 30000000 %}{{ ('x' * 10000000 ~ 'y') in x }}")]
    [InlineData("{% set x = 'x' * 30000000 %}{{ x.strip('y' * 10000000) }}")]
    [InlineData("{{ ('x' * 30000000).split('x') | length }}")]
    [InlineData("{% for letter in 'x' * 30000000 %}{% endfor %}")]
    [InlineData("{% set x = range(1000000) %}{% for i in range(200000) %}{% set y = x | list %}{% endfor %}")]
    [InlineData("{% for i in range(1000) %}{% for j in range(1000) %}{% for k in range(1000) %}{% endfor %}{% endfor %}{% endfor %}")]
    [InlineData("{% macro m(n, a=(m(n - 1) if n > 0), b=(m(n - 1) if n > 0)) %}{% endmacro %}{{ m(50) }}")]
    [InlineData("{{ [1, 2, 3] | map('string') | map('trim', 'x' * 100000000) | list }}")]
    public void AHostileTemplateEndsInAnError(string jinja) => // Well under a second each; without an end they take years, or all memory.
        Should.Throw<CheckpointException>(() => ChatTemplate.Parse(jinja).Render(Hello, addGenerationPrompt: true));

    [Theory]
    [InlineData("{{ ns.s == ns.t }}")]
    [InlineData("{{ ns.s | tojson }}")]
    [InlineData("{{ ns.s }}")]
    public void HowDeepAValueMayBeIsTheSameOnEveryStack(string use)
    {
        static string Nested(int levels) =>
            $"{{% set ns = namespace(s=[1], t=[1]) %}}{{% for i in range({levels}) %}}{{% set ns.s = [ns.s] %}}{{% set ns.t = [ns.t] %}}{{% endfor %}}";

        ChatTemplate.Parse(Nested(900) + use + use).Render(Hello, addGenerationPrompt: true).ShouldNotBeEmpty();
        Exception? told = null;
        var largeStack = new Thread(() => told = Record.Exception(() => ChatTemplate.Parse(Nested(1100) + use).Render(Hello, addGenerationPrompt: true)), 256 << 20);
        largeStack.Start();
        largeStack.Join();
        told.ShouldBeOfType<CheckpointException>().Message.ShouldContain("nested too deeply");
    }

    [Theory]
    [InlineData("{{ range(9223372036854775806, 9223372036854775807, 5) }}", "[9223372036854775806]")]
    [InlineData("{{ range(-9223372036854775807, 9223372036854775807, 9223372036854775807) | length }}", "2")]
    [InlineData("{{ range(5, 0, -2) }}{{ range(0) }}{{ range(3, 1) }}", "[5, 3, 1][][]")]
    [InlineData("{{ [1, 2, 3][1::9223372036854775807] }}", "[2]")]
    [InlineData("{{ [1, 2, 3][::-9223372036854775807] }}", "[3]")]
    [InlineData("{{ (-9223372036854775807 - 1) is divisibleby(-1) }}", "True")]
    [InlineData("{{ -5 | abs }} {{ -2.5 | abs }}", "5 2.5")]
    public void TheLargestNumbersDoNotOverflow(string jinja, string text) => ChatTemplate.Parse(jinja).Render(Hello, addGenerationPrompt: true).ShouldBe(text);

    [Fact]
    public void ALongConversationIsNotHostile()
    {
        var talk = Enumerable.Range(0, 2000).Select(i => new TemplateMessage(i % 2 == 0 ? "user" : "assistant", new string('x', 1000))).ToList();

        foreach (var name in Own.Select(row => row.Data).Where(name => name != "features"))
            ChatTemplate.Parse(Fixture.Text($"templates/{name}.jinja")).Render(talk, addGenerationPrompt: true, "<s>", "</s>").Length.ShouldBeGreaterThan(2_000_000);
    }

    [Fact]
    public void NestingHasAnEnd() => Should.Throw<CheckpointException>(() =>
        ChatTemplate.Parse($"{{{{ {new string('(', 100_000)}1{new string(')', 100_000)} }}}}")).Message.ShouldContain("nesting");

    [Theory]
    [InlineData("+1")]
    [InlineData("~'a'")]
    [InlineData("|string")]
    [InlineData(" or false")]
    public void AChainHasAnEnd(string link) => Should.Throw<CheckpointException>(() =>
        ChatTemplate.Parse($"{{{{ false{string.Concat(Enumerable.Repeat(link, 500_000))} }}}}").Render(Hello, addGenerationPrompt: true));

    [Fact]
    public void TheDateIsTheTemplatesOwnUnlessThereIsAClock()
    {
        const string Jinja = "{{ strftime_now('%d %b %Y') if strftime_now is defined else 'no date' }}";

        ChatTemplate.Parse(Jinja).Render(Hello, addGenerationPrompt: true).ShouldBe("no date");
        ChatTemplate.Parse(Jinja, new FixedClock()).Render(Hello, addGenerationPrompt: true).ShouldBe("21 Nov 2026");
    }

    [Fact]
    public void WhatAUserWritesIsNeverPartOfTheTemplate() =>
        ChatTemplate.Parse("{{ messages[0].content }}").Render([new("user", "{{ 1 + 1 }}{% endfor %}{# #}")], addGenerationPrompt: true)
            .ShouldBe("{{ 1 + 1 }}{% endfor %}{# #}");

    [Fact]
    public void AnyMixOfTokensIsATextOrAClearError()
    {
        string[] pieces =
        [
            "{{", "}}", "{%", "%}", "{#", "#}", "-", "if", "else", "elif", "endif", "for", "in", "endfor", "set", "x", "=", "messages", "loop", ".", "first",
            "|", "trim", "(", ")", "[", "]", "'a'", "\"", "1", "2.5", ",", ":", "not", "is", "defined", "and", "~", "+", "*", "\n", " ", "é😀", "macro", "m",
        ];
        Prop.ForAll(Gen.Elements(pieces).ListOf().Select(list => string.Join(' ', list)).ToArbitrary(), jinja =>
        {
            try
            {
                ChatTemplate.Parse(jinja).Render(Hello, addGenerationPrompt: true);
            }
            catch (CheckpointException error)
            {
                error.Message.ShouldContain("The chat template");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    private static void RendersAsExpected(string name, string jinja)
    {
        var template = ChatTemplate.Parse(jinja);
        using var conversations = JsonDocument.Parse(Fixture.Text("templates/conversations.json"));
        using var expected = JsonDocument.Parse(Fixture.Text($"templates/{name}.prompts.json"));
        foreach (var (conversation, result) in conversations.RootElement.EnumerateArray().Zip(expected.RootElement.EnumerateArray()))
        {
            if (result.TryGetProperty("prompt", out var prompt))
                Render(template, conversation).ShouldBe(prompt.GetString());
            else
                Should.Throw<CheckpointException>(() => Render(template, conversation)).Message.ShouldContain(result.GetProperty("error").GetString()!);
        }
    }

    private static string Render(ChatTemplate template, JsonElement conversation)
    {
        var messages = conversation.GetProperty("messages").EnumerateArray()
            .Select(message => new TemplateMessage(message.GetProperty("role").GetString()!, message.GetProperty("content").GetString()!));
        var variables = conversation.TryGetProperty("variables", out var given)
            ? given.EnumerateObject().ToDictionary(
                item => item.Name,
                item => item.Value.ValueKind == JsonValueKind.String ? (object?)item.Value.GetString() : item.Value.GetBoolean(),
                StringComparer.Ordinal)
            : null;
        return template.Render([.. messages], conversation.GetProperty("addGenerationPrompt").GetBoolean(), "<s>", "</s>", variables);
    }

    private sealed class FixedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2026, 11, 21, 5, 0, 0, TimeSpan.Zero);
    }
}
