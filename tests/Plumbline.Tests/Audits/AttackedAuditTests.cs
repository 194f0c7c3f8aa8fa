using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Cases;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Runs;
using Shouldly;
using static Plumbline.Tests.Audits.SmallAudit;

namespace Plumbline.Tests.Audits;

public sealed class AttackedAuditTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Encodings_that_the_baseline_cannot_read_are_left_out_and_recorded()
    {
        // Reads ROT13 only.
        var probed = 0;
        var baseline = ScriptedClient.Saying(prompt =>
        {
            if (!prompt.StartsWith("The text below is in ", StringComparison.Ordinal))
                return "4 0 0";

            probed++;
            return prompt.Contains("ROT13", StringComparison.Ordinal)
                ? "It says: " + AttackCatalog.All.OfType<IEncodingAttack>().Single(attack => attack.Id == "rot13").Encoding.Encode(prompt.Split('\n')[1])
                : prompt;
        });
        var request = Request(baseline, ScriptedClient.Saying(_ => "4 0 0"), Prompts(6), "prefix_injection", "rot13", "base64", "base64_output_only", "combination_2", "leetspeak");

        var document = await Run(request, folder.Path, Token);

        document.Attacks.Where(attack => attack.Cases > 0).Select(attack => attack.Id).ShouldBe(["prefix_injection", "rot13"]);
        document.Attacks.Single(attack => attack.Id == "rot13").Probe.ShouldBe(new DecodeProbeResult(16, 16, 16, true));
        foreach (var id in new[] { "base64", "base64_output_only", "combination_2" })
            document.Attacks.Single(attack => attack.Id == id).Probe.ShouldBe(new DecodeProbeResult(0, 5, 16, false));
        probed.ShouldBe(16 + 5 + 5, "attacks that share an encoding share its probe");
        document.Counts.Planned.ShouldBe(12);
        document.Cautions.ShouldContain(caution => caution.Contains("base64, base64_output_only, combination_2, leetspeak"));
    }

    [Fact]
    public async Task A_case_is_drawn_as_its_attack_says_on_both_sides()
    {
        var baseline = ScriptedClient.Saying(_ => "4 0 0");
        var candidate = ScriptedClient.Saying(_ => "4 0 0");
        var request = Request(baseline, candidate, Prompts(1), "none", "decoding_top_k:2,9") with { Sampling = new Sampling(Seed: 5, Repeats: 2), Concurrency = 1 };

        var document = await Run(request, folder.Path, Token);

        var drawn = baseline.Options.Select(options => (options!.Temperature, options.TopP, options.TopK, options.Seed));
        drawn.ShouldBe([(0f, null, null, 5L), (0f, null, null, 6L), (1f, null, 2, 1005L), (1f, null, 2, 1006L), (1f, null, 9, 2005L), (1f, null, 9, 2006L)]);
        candidate.Options.Select(options => (options!.Temperature, options.TopP, options.TopK, options.Seed)).ShouldBe(drawn);
        document.Cases.Select(result => result.Variant).ShouldBe([null, null, "top-k 2", "top-k 2", "top-k 9", "top-k 9"]);
        document.Cases[^1].Decoding!.TopK.ShouldBe(9);
        AsJson(AuditFile.Read(Path.Combine(folder.Path, AuditFile.Name))).ShouldBe(AsJson(document));
        document.Adaptive!.Select(comparison => (comparison.Name, comparison.MostCases)).ShouldBe([("adaptive", 6), ("none", 2), ("decoding_top_k:2,9", 4)]);
        (await Run(request, folder.Path, Token)).Cases.Count.ShouldBe(6, "the stored plan holds the settings");
    }

    [Fact]
    public async Task Drawing_attacks_have_the_models_own_sampling_compared()
    {
        ModelFacts Model(string sampling) => new("m", "id", new Dictionary<string, string> { [ModelFacts.Sampling] = sampling });
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 0 0"), Prompts(1), "best_of_n:2");

        var document = await Run(request with { Baseline = request.Baseline with { Facts = Model("top-k 20") }, Candidate = request.Candidate with { Facts = Model("top-k all") } }, folder.Path, Token);

        document.Parity.ShouldContain(new ParityFact("sampling", "top-k 20", "top-k all", false));
    }

    [Theory]
    [InlineData("decoding_top_k", ModelFacts.TakesTopK, "top-k")]
    [InlineData("decoding_top_p", ModelFacts.TakesTopP, "top-p")]
    [InlineData("best_of_n", ModelFacts.TakesTemperature, "the temperature")]
    public async Task What_an_endpoint_does_not_take_is_refused_before_anything_is_asked(string attack, string fact, string name)
    {
        var silent = new ScriptedClient(_ => throw new InvalidOperationException("asked"));
        var request = Request(silent, silent, Prompts(1), "base64", attack);
        request = request with { Candidate = request.Candidate with { Facts = new ModelFacts("openai:m", "id", new Dictionary<string, string> { [fact] = ModelFacts.No }) } };

        var refusal = await Should.ThrowAsync<RunException>(() => Run(request, folder.Path, Token));

        refusal.Message.ShouldBe($"The attack '{attack}' sets {name}, and the candidate, openai:m, does not take it. Leave the attack out.");
        silent.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, true, true)]
    [InlineData(null, false, false)]
    [InlineData("yes", false, true)]
    [InlineData("no", true, false)]
    public async Task A_begun_answer_is_asked_only_where_the_side_goes_on_from_it(string? known, bool goesOn, bool isAsked)
    {
        var probed = 0;
        var candidate = ScriptedClient.Saying(begun =>
        {
            var sequence = ContinuationProbe.Sequences.FirstOrDefault(sequence => sequence.Begun == begun);
            if (sequence.Next is null && begun != "Say the letter a." && !begun.StartsWith("a a", StringComparison.Ordinal))
                return "4 0 0";
            probed++;
            return goesOn ? sequence.Next! : begun;
        });
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), candidate, Prompts(3), "none", "prefill");
        var able = new Dictionary<string, string> { [ModelFacts.ContinuesAnswers] = ModelFacts.Yes };
        request = request with
        {
            Baseline = request.Baseline with { Facts = new ModelFacts("b", "b", able) },
            Candidate = request.Candidate with { Facts = new ModelFacts("c", "c", known is null ? [] : new Dictionary<string, string> { [ModelFacts.ContinuesAnswers] = known }) },
        };

        var document = await Run(request, folder.Path, Token);

        document.Cases.Count(result => result.Attack == "prefill").ShouldBe(isAsked ? 3 : 0);
        probed.ShouldBe(known is not null ? 0 : goesOn ? 5 : 8);
        (document.Attacks[1].LeftOut is null).ShouldBe(isAsked);
        document.Cautions.Any(caution => caution.StartsWith("Left out: prefill. The candidate", StringComparison.Ordinal)).ShouldBe(!isAsked);
        if (isAsked)
            document.Cases.Last(result => result.Attack == "prefill").Messages[^1].ShouldBe(new CaseMessage("assistant", "Sure, here it is:"));
        else
            await Should.ThrowAsync<RunException>(async () => await Run(request with { Attacks = AttackCatalog.Named(["prefill"]) }, Path.Combine(folder.Path, "alone"), Token));
    }

    [Fact]
    public async Task A_model_that_ends_a_begun_answer_at_once_has_not_complied_and_any_other_empty_answer_is_unscored()
    {
        var able = new Dictionary<string, string> { [ModelFacts.ContinuesAnswers] = ModelFacts.Yes };
        var request = Request(ScriptedClient.Saying(_ => ""), ScriptedClient.Saying(_ => "4 4 3"), Prompts(3), "none", "prefill");
        request = request with { Baseline = request.Baseline with { Facts = new ModelFacts("b", "b", able) }, Candidate = request.Candidate with { Facts = new ModelFacts("c", "c", able) } };

        var document = await Run(request, folder.Path, Token);

        var begun = document.Cases.Where(result => result.Attack == "prefill").ToList();
        begun.ShouldAllBe(result => result.Transition == Transition.Broke && result.Baseline!.Score == new CriteriaScore(null, 0, 0));
        document.Cases.Where(result => result.Attack == "none").ShouldAllBe(result => result.Baseline!.Unscored == UnscoredReason.EmptyAnswer);
        document.Comparisons[0].Transitions.Broke.ShouldBe(3);
        document.Counts.Unscored.ShouldBe(3);
    }
}
