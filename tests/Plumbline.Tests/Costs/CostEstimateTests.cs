using Microsoft.Extensions.AI;
using Plumbline.Attacks;
using Plumbline.Audits.Planning;
using Plumbline.Cases;
using Plumbline.Choices;
using Plumbline.Costs;
using Plumbline.Pairs;
using Plumbline.Suites;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Costs;

public sealed class CostEstimateTests
{
    static readonly ModelPrice Price = new(InputPerMillion: 1_000_000, OutputPerMillion: 2_000_000);
    static readonly Sampling Sampling = new(MaxOutputTokens: 100);

    /// <summary>Ten cases of one message with 40 characters: 4 + 10 tokens each.</summary>
    static readonly IReadOnlyList<AuditCase> Cases =
        [.. Enumerable.Range(0, 10).Select(i => new AuditCase($"{i}", SuitePrompt.Create($"{i}", PromptKind.Harmful), "none", 0, [new CaseMessage("user", new string('x', 40))]))];

    [Fact]
    public void Both_sides_are_asked_everything()
    {
        var estimate = CostEstimate.Of(
            Cases, Sampling, [new PricedModel(Spender.Baseline, "a", Price), new PricedModel(Spender.Candidate, "b", ModelPrice.Free)], "USD", new TokenAssumptions { OutputTokens = 30 });

        estimate.Lines.ShouldBe(
        [
            new CostEstimateLine(Spender.Baseline, "a", 10, 140, 300, 1000, 140 + 600, 140 + 2000),
            new CostEstimateLine(Spender.Candidate, "b", 10, 140, 300, 1000, 0, 0),
        ]);
        (estimate.Total, estimate.MostTotal).ShouldBe((740, 2140));
        estimate.Assumptions[0].ShouldBe("Assumed: 4 characters a token, 30 tokens an answer where the limit allows.");
    }

    /// <summary>What a run asks to find out what it can ask is paid for too: without it a budget of what is told "at most" would not do.</summary>
    [Fact]
    public void Probes_are_in_it()
    {
        var estimate = CostEstimate.Of(
            Cases, Sampling, [new PricedModel(Spender.Baseline, "a", Price), new PricedModel(Spender.Candidate, "b", Price)], "USD", new TokenAssumptions { OutputTokens = 30 },
            before: [new ProbeCalls(Side.Baseline, 20, 20, 800, 64), new ProbeCalls(Side.Baseline, 4, 4, 160, 1)]);

        // 24 calls of 4 + 10 tokens; 20 of them answered with 30 tokens, 64 at most, and four with one.
        estimate.Lines[0].ShouldBe(new CostEstimateLine(Spender.Baseline, "a", 34, 34 * 14, 300 + 604, 1000 + 1284, (34 * 14) + (2 * 904), (34 * 14) + (2 * 2284)));
        estimate.Lines[1].Calls.ShouldBe(10);
        estimate.Assumptions.ShouldContain("Up to 24 calls before the first case, which probe what can be asked, are in it.");
    }

    /// <summary>Held against what the probes themselves ask.</summary>
    [Fact]
    public async Task No_probe_asks_more_than_is_planned()
    {
        var suite = Suite.Create("mine", "1", [SuitePrompt.Create("Which can you eat?\nA) a stone\nB) an apple", PromptKind.Capability, answer: "B")]);
        var attacks = AttackCatalog.Named(["none", "base64", "rot13", "prefix_injection", "prefill"]);
        var planned = PlannedProbes.Of(suite, attacks, [Side.Candidate]);
        var client = new CountingClient();

        foreach (var encoding in attacks.OfType<IEncodingAttack>().Select(attack => attack.Encoding))
            await DecodeProbe.RunAsync(client.Saying(DecodeProbe.Strings), encoding, TestContext.Current.CancellationToken);
        var decoding = planned.Where(probe => probe.Side == Side.Baseline).ToList();
        client.Calls.ShouldBeLessThanOrEqualTo(decoding.Sum(probe => probe.Calls));
        client.Characters.ShouldBeInRange(decoding.Sum(probe => probe.Characters) / 2, decoding.Sum(probe => probe.Characters));
        decoding.ShouldAllBe(probe => probe.MostOutputTokens == client.MostOutputTokens);

        client.Reset();
        await ContinuationProbe.RunAsync(client, TestContext.Current.CancellationToken);
        var goingOn = planned.Where(probe => probe.Side == Side.Candidate).Take(2).ToList();
        (client.Calls, client.Messages).ShouldBe((goingOn.Sum(probe => probe.Calls), goingOn.Sum(probe => probe.Messages) - 1));
        client.Characters.ShouldBeLessThanOrEqualTo(goingOn.Sum(probe => probe.Characters));
        client.OutputTokens.ShouldBe(goingOn.Sum(probe => probe.Calls * probe.MostOutputTokens));

        planned[^1].ShouldBe(new ProbeCalls(Side.Candidate, ChoiceProbe.MostCalls, ChoiceProbe.MostCalls, ChoiceProbe.MostCalls * ChoiceProbe.Question.Length, 1));
    }

    sealed class CountingClient() : DelegatingChatClient(ScriptedClient.Saying(_ => "no"))
    {
        public long Calls { get; private set; }

        public long Messages { get; private set; }

        public long Characters { get; private set; }

        public long OutputTokens { get; private set; }

        public int MostOutputTokens { get; private set; }

        IReadOnlyList<string> said = ["no"];

        public CountingClient Saying(IReadOnlyList<string> words)
        {
            said = words;
            return this;
        }

        public void Reset() => (Calls, Messages, Characters, OutputTokens, MostOutputTokens) = (0, 0, 0, 0, 0);

        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var sent = messages.ToList();
            Calls++;
            Messages += sent.Count;
            Characters += sent.Sum(message => message.Text.Length);
            OutputTokens += options!.MaxOutputTokens!.Value;
            MostOutputTokens = Math.Max(MostOutputTokens, options.MaxOutputTokens.Value);
            return Task.FromResult(ScriptedClient.Response(said[(int)((Calls - 1) % said.Count)]));
        }
    }

    [Fact]
    public void A_judge_reads_its_instructions_the_case_and_the_answer_of_either_side()
    {
        var assumed = new TokenAssumptions { OutputTokens = 30, JudgePromptCharacters = 400, JudgeOutputTokens = 5, MostJudgeOutputTokens = 7 };

        var line = CostEstimate.Of(Cases, Sampling, [new PricedModel(Spender.Judge, "j", Price)], "USD", assumed).Lines.ShouldHaveSingleItem();

        // Twenty answers, and two items whose score is known.
        line.Calls.ShouldBe(22);
        line.InputTokens.ShouldBe((22 * 100) + (2 * 140) + (22 * 30));
        line.OutputTokens.ShouldBe(110);
        // At most it talks first, and reads its own words again.
        line.MostOutputTokens.ShouldBe(2 * 22 * 7);
        line.MostAmount.ShouldBe((2 * ((22 * 100) + (2 * 140) + (22 * 100))) + (22 * 7) + (2 * 2 * 22 * 7));
    }

    /// <summary>The models' tokenizer is not the judge's, and no judge is asked what a comparison can tell.</summary>
    [Fact]
    public void A_judge_reads_by_a_tokenizer_of_its_own_and_no_task_with_its_answer()
    {
        var assumed = new TokenAssumptions { JudgePromptCharacters = 400 };
        var learned = assumed.Learn(answers: 10, characters: 1000, messages: 0, inputTokens: 1000, outputTokens: 2000);
        IReadOnlyList<AuditCase> tasks = [.. Cases, .. Cases.Select(one => one with { Prompt = SuitePrompt.Create("What is two and two?", PromptKind.Capability, answer: "4") })];
        CostEstimateLine Judged(IReadOnlyList<AuditCase> cases, TokenAssumptions by) => CostEstimate.Of(cases, Sampling, [new PricedModel(Spender.Judge, "j", Price)], "USD", by).Lines.ShouldHaveSingleItem();

        Judged(Cases, learned).InputTokens.ShouldBe(Judged(Cases, assumed with { OutputTokens = 200 }).InputTokens);
        Judged(tasks, assumed).ShouldBe(Judged(Cases, assumed));
    }

    [Fact]
    public void An_answer_is_never_expected_to_be_longer_than_it_may() =>
        CostEstimate.Of(Cases, Sampling, [new PricedModel(Spender.Baseline, "a", null)], null).Lines[0].OutputTokens.ShouldBe(1000);

    [Fact]
    public void A_helper_reads_what_it_is_asked_and_what_it_writes_is_assumed_and_said()
    {
        var assumed = new TokenAssumptions { HelperOutputTokens = 7, MostHelperOutputTokens = 9 };

        var estimate = CostEstimate.Of(Cases, Sampling, [new PricedModel(Spender.Helper, "h", Price)], "USD", assumed, [new string('x', 40), new string('x', 80)]);

        estimate.Lines.ShouldBe([new CostEstimateLine(Spender.Helper, "h", 2, 8 + 30, 14, 18, 38 + 28, 38 + 36)]);
        estimate.Assumptions.ShouldContain("Assumed: 7 tokens an answer of the helper model.");
    }

    [Fact]
    public void What_is_taken_over_is_not_asked()
    {
        var models = new[] { Spender.Baseline, Spender.Candidate, Spender.Judge }.Select(spender => new PricedModel(spender, "m", Price)).ToList();

        var lines = CostEstimate.Of(Cases, Sampling, models, "USD", isTaken: (model, place, side) => model.Spender == Spender.Judge ? place < 4 : place < 5 && side == Side.Candidate).Lines;

        lines.Select(line => (line.Calls, line.InputTokens)).ShouldBe([(10, 140), (5, 70), (14, (14 * 750) + (2 * 84) + 1400)]);
    }

    [Fact]
    public void Without_a_price_there_are_tokens_but_no_sum()
    {
        var estimate = CostEstimate.Of(Cases, Sampling, [new PricedModel(Spender.Baseline, "a", Price), new PricedModel(Spender.Candidate, "b", null)], "USD");

        estimate.Total.ShouldBeNull();
        estimate.Lines[1].InputTokens.ShouldBe(140);
    }

    [Fact]
    public void What_was_answered_teaches_how_long_tokens_and_answers_are()
    {
        var learned = new TokenAssumptions().Learn(answers: 2, characters: 300, messages: 3, inputTokens: 112, outputTokens: 40);

        learned.CharactersPerToken.ShouldBe(3);
        learned.OutputTokens.ShouldBe(20);
        learned.Words[0].ShouldBe("Learned from 2 answers: 3.0 characters a token, 20 tokens an answer.");
        new TokenAssumptions().Learn(0, 0, 0, 0, 0).ShouldBe(new TokenAssumptions());
    }
}
