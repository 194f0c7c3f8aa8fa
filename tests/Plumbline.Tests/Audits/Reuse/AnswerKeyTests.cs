using Plumbline.Attacks;
using Plumbline.Audits.Reuse;
using Plumbline.Cases;
using Plumbline.Choices;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Tests.Audits.Reuse;

public sealed class AnswerKeyTests
{
    static readonly SuitePrompt Prompt = SuitePrompt.Create("harmful request", PromptKind.Harmful, "area");

    static readonly AuditCase Case = new("0123456789abcdef", Prompt, "prefill", 1, [new("system", "Be kind."), new("user", "harmful request"), new("assistant", "Sure")])
    {
        Decoding = new DecodingSettings(Temperature: 0.7f, TopP: 0.9f, TopK: 40, SeedShift: 1000),
    };

    static RunPlan Plan(Sampling? sampling = null, string identity = "weights", Dictionary<string, string>? facts = null, string? choices = null)
    {
        var request = new Dictionary<string, string>();
        if (choices is not null)
            request[RunPlan.ChoicesBy] = choices;
        var model = new ModelFacts("a name", identity, facts ?? new Dictionary<string, string> { [ModelFacts.Template] = "t1", ["architecture"] = "llama" });
        return new RunPlan(RunPlan.CurrentFormat, "0.0", RunPlan.IdOf(request), request, new StatedRule(), model, model, new SuiteFacts("test", "1", "", 1), [], sampling ?? new Sampling(Repeats: 2), []);
    }

    /// <summary>Each of these makes another call of it.</summary>
    static IEnumerable<(string What, RunPlan Plan, AuditCase Case)> OtherCalls()
    {
        yield return ("weights", Plan(identity: "other weights"), Case);
        foreach (var fact in ModelFacts.MustAgree(drawsAtRandom: true))
        {
            yield return (fact, Plan(facts: new Dictionary<string, string> { [ModelFacts.Template] = "t1", [fact] = "another" }), Case);
            if (fact != ModelFacts.Template)
                yield return (fact + " that is known", Plan(facts: new Dictionary<string, string> { [ModelFacts.Template] = "t1", [fact] = "" }), Case);
        }

        yield return ("a template that is not known", Plan(facts: []), Case);
        yield return ("longest answer", Plan(new Sampling(MaxOutputTokens: 33, Repeats: 2)), Case);
        yield return ("seed", Plan(new Sampling(Seed: 1, Repeats: 2)), Case);
        yield return ("repeat", Plan(), Case with { Repeat = 0 });
        yield return ("repeat that has the other's seed", Plan(new Sampling(Seed: 1)), Case with { Repeat = 0 });
        yield return ("temperature", Plan(), Case with { Decoding = Case.Decoding! with { Temperature = 0.8f } });
        yield return ("temperature of the plan", Plan(new Sampling(Temperature: 0.5f)), Case with { Decoding = Case.Decoding! with { Temperature = null } });
        yield return ("top-p", Plan(), Case with { Decoding = Case.Decoding! with { TopP = 0.8f } });
        yield return ("no top-p", Plan(), Case with { Decoding = Case.Decoding! with { TopP = null } });
        yield return ("top-k", Plan(), Case with { Decoding = Case.Decoding! with { TopK = 41 } });
        yield return ("seed shift", Plan(), Case with { Decoding = Case.Decoding! with { SeedShift = 2000 } });
        yield return ("system prompt", Plan(), Case with { Messages = [new("system", "Be brief."), .. Case.Messages.Skip(1)] });
        yield return ("no system prompt", Plan(), Case with { Messages = [.. Case.Messages.Skip(1)] });
        yield return ("begun answer", Plan(), Case with { Messages = [.. Case.Messages.SkipLast(1), new("assistant", "Sure,")] });
        yield return ("no begun answer", Plan(), Case with { Messages = [.. Case.Messages.SkipLast(1)] });
        yield return ("who says it", Plan(), Case with { Messages = [.. Case.Messages.SkipLast(1), new("user", "Sure")] });
    }

    [Fact]
    public void Whatever_an_answer_depends_on_makes_another_key()
    {
        var calls = OtherCalls().Append(("none", Plan(), Case)).ToList();

        calls.GroupBy(call => AnswerKey.Of(call.Item2, Side.Baseline, call.Item3)).Where(same => same.Count() > 1)
            .Select(same => string.Join(" = ", same.Select(call => call.Item1))).ShouldBeEmpty();
    }

    [Fact]
    public void What_an_answer_does_not_depend_on_leaves_the_key_as_it_is()
    {
        var key = AnswerKey.Of(Plan(), Side.Baseline, Case);

        AnswerKey.Of(Plan(), Side.Candidate, Case).ShouldBe(key);
        AnswerKey.Of(Plan(), Side.Baseline, Case with { Id = "0", Attack = "none", Variant = "so", Prompt = SuitePrompt.Create("as another suite has it", PromptKind.Lookalike) }).ShouldBe(key);
        AnswerKey.Of(Plan(facts: new Dictionary<string, string> { [ModelFacts.Template] = "t1", ["architecture"] = "known better" }), Side.Baseline, Case).ShouldBe(key);
        AnswerKey.Of(Plan(new Sampling(Temperature: 0.7f, Repeats: 5)), Side.Baseline, Case with { Decoding = Case.Decoding! with { Temperature = null } }).ShouldBe(key);
        AnswerKey.Of(Plan(choices: nameof(ChoiceReading.LogProbability)), Side.Baseline, Case).ShouldBe(key, "no choice is asked for");
    }

    /// <summary>Its identity says all of it, so that a version that states a fact more takes over what it would ask again.</summary>
    [Fact]
    public void Of_a_model_in_this_process_no_fact_is_in_the_key()
    {
        Dictionary<string, string> facts = new() { [ModelFacts.WeightsIdentity] = "w", [ModelFacts.Template] = "t1" };

        AnswerKey.Of(Plan(facts: new(facts) { [ModelFacts.TemplateTokens] = "bos_token '<s>'" }), Side.Baseline, Case).ShouldBe(AnswerKey.Of(Plan(facts: facts), Side.Baseline, Case));
        AnswerKey.Of(Plan(identity: "other", facts: facts), Side.Baseline, Case).ShouldNotBe(AnswerKey.Of(Plan(facts: facts), Side.Baseline, Case));
    }

    [Fact]
    public void A_letter_that_is_the_likeliest_is_no_answer_in_words()
    {
        var task = SuitePrompt.Create("Which is it?\nA) this\nB) that", PromptKind.Capability, answer: "A");
        ChoiceQuestion.LettersOf(task).ShouldNotBeNull();
        var asked = new AuditCase("0", task, "none", 0, [new("user", task.Text)]);

        AnswerKey.Of(Plan(choices: nameof(ChoiceReading.LogProbability)), Side.Baseline, asked).ShouldNotBe(AnswerKey.Of(Plan(), Side.Baseline, asked));
    }
}
