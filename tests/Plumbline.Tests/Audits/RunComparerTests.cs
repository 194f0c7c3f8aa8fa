using System.Collections;
using System.Text.Json;
using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Cases;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Statistics;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Tests.Audits;

public sealed class RunComparerTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The comparison of two runs is the audit whose baseline is the first candidate: counted by hand, case by case.</summary>
    [Fact]
    public void Candidates_are_compared_case_by_case()
    {
        var first = Run("broken", bad: i => i < 30);
        var second = Run("mended", bad: i => i is < 5 or (>= 30 and < 33));

        var compared = RunComparer.Compare(first, "runs/a", second, "runs/b", acrossJudges: false);

        var outcome = compared.Comparisons.ShouldHaveSingleItem().Outcome!;
        (outcome.N, outcome.Baseline.Count, outcome.Candidate.Count, outcome.CandidateOnly, outcome.BaselineOnly).ShouldBe((60, 30, 8, 3, 25));
        outcome.McNemarP.ShouldBe(McNemarTest.ExactP(3, 25));
        compared.Verdict.Outcome.ShouldBe(VerdictOutcome.Improved);
        compared.Baseline.Name.ShouldBe("broken");
        compared.Candidate.Name.ShouldBe("mended");
        compared.Counts.Planned.ShouldBe(60);
    }

    [Fact]
    public void The_other_way_round_it_regressed()
    {
        var compared = RunComparer.Compare(Run("mended", bad: i => i < 2), "a", Run("broken", bad: i => i < 30), "b", acrossJudges: false);
        compared.Verdict.Outcome.ShouldBe(VerdictOutcome.Regressed);
    }

    [Fact]
    public void Only_cases_that_both_asked_are_compared_and_the_others_counted()
    {
        var compared = RunComparer.Compare(Run("one", prompts: 40), "a", Run("other", prompts: 60, firstPrompt: 10), "b", acrossJudges: false);

        compared.Between!.Shared.ShouldBe(30);
        compared.Between.OnlyFirst.ShouldBe(10);
        compared.Between.OnlySecond.ShouldBe(30);
        compared.Cases.Count.ShouldBe(30);
        compared.Between.Differences.Select(difference => difference.Name).ShouldContain("suite");
        compared.Cautions.ShouldContain(caution => caution.StartsWith("10 cases of the first run and 30 of the second are not compared", StringComparison.Ordinal));
    }

    /// <summary>A caution is read by people: what differs may be one thing or several, and a whole hash hides the rest of the sentence.</summary>
    [Fact]
    public void What_differs_is_told_in_a_sentence_that_can_be_read()
    {
        var first = Run("one");
        var second = Run("other");
        first = first with { Suite = first.Suite with { Hash = new string('a', 64) }, Baseline = first.Baseline with { Identity = new string('c', 64) } };
        second = second with { Suite = second.Suite with { Hash = new string('b', 64) }, Baseline = second.Baseline with { Identity = "https://example.org/v1 model" }, Attacks = [] };

        var cautions = RunComparer.Compare(first, "a", second, "b", acrossJudges: false).Cautions;

        cautions.ShouldContain(caution => caution.StartsWith("The runs differ in the attacks (", StringComparison.Ordinal));
        cautions.ShouldContain(caution => caution.StartsWith("The runs differ in the suite (", StringComparison.Ordinal) && caution.Contains("(aaaaaaaaaaaa)", StringComparison.Ordinal) && caution.Contains("(bbbbbbbbbbbb)", StringComparison.Ordinal));
        cautions.ShouldContain("The runs differ in the baseline (cccccccccccc; https://example.org/v1 model). The baselines are not compared; each run's own verdict is against its own.");
    }

    /// <summary>The same baseline under two identities, since this version knows a model by more, is not to be taken for one that was changed.</summary>
    [Fact]
    public void A_baseline_that_an_earlier_version_knew_by_less_is_told_so()
    {
        var first = Run("one");
        var second = Run("other");
        first = first with { Baseline = new ModelFacts("base", new string('c', 64), new Dictionary<string, string>()) };
        second = second with { Baseline = new ModelFacts("base", new string('d', 64), new Dictionary<string, string> { [ModelFacts.EarlierIdentity] = new string('c', 64), [ModelFacts.WeightsIdentity] = "w" }) };

        RunComparer.Compare(first, "a", second, "b", acrossJudges: false).Cautions.ShouldContain(
            "The runs differ in the baseline (cccccccccccc; dddddddddddd). The baselines are not compared; each run's own verdict is against its own. As far as is known, its weights, tokenizer and template are the same, but an earlier "
            + "version of Plumbline knew a model by less of its files: whether anything else in them has changed cannot be known.");
    }

    [Fact]
    public void A_judging_model_of_one_name_and_two_versions_may_be_known_by_less()
    {
        var first = Run("one");
        var second = Run("other", judgeVersion: "2");
        (first, second) = (first with { Judge = first.Judge with { Id = "policy@./m" } }, second with { Judge = second.Judge with { Id = "policy@./m" } });
        const string Told = "or an earlier version of Plumbline knew that model by less of its files: which of these cannot be known.";

        Should.Throw<RunException>(() => RunComparer.Compare(first, "a", second, "b", acrossJudges: false)).Message.ShouldEndWith(Told);
        RunComparer.Compare(first, "a", second, "b", acrossJudges: true).Cautions.ShouldContain(caution => caution.StartsWith("The runs differ in the judge", StringComparison.Ordinal) && caution.EndsWith(Told, StringComparison.Ordinal));
        Should.Throw<RunException>(() => RunComparer.Compare(Run("one"), "a", Run("other", judgeVersion: "2"), "b", acrossJudges: false)).Message.ShouldNotContain("earlier version");
    }

    [Fact]
    public void Runs_without_a_common_case_are_refused() =>
        Should.Throw<RunException>(() => RunComparer.Compare(Run("one", prompts: 10), "a", Run("other", firstPrompt: 10), "b", acrossJudges: false))
            .Message.ShouldContain("'a' and 'b' have no case in common");

    [Fact]
    public void Runs_of_two_judges_are_refused_unless_that_is_asked_for()
    {
        var (first, second) = (Run("x", judgeVersion: "1"), Run("x", judgeVersion: "2"));

        Should.Throw<RunException>(() => RunComparer.Compare(first, "a", second, "b", acrossJudges: false)).Message.ShouldContain("--across-judges");
        var compared = RunComparer.Compare(first, "a", second, "b", acrossJudges: true);
        compared.Between!.Differences.ShouldContain(difference => difference.Name == "judge" && difference.First == "word 1" && difference.Second == "word 2");
        compared.Cautions.ShouldContain(caution => caution.Contains("what moved may be the judge", StringComparison.Ordinal));
    }

    /// <summary>The same baseline in both runs is the measure of what moves by itself.</summary>
    [Fact]
    public void The_same_baseline_shows_what_moves_without_a_fine_tune()
    {
        var compared = RunComparer.Compare(Run("x"), "a", Run("y", baselineBad: i => i is 3 or 4), "b", acrossJudges: false);

        var drift = compared.Between!.Baselines.ShouldHaveSingleItem();
        (drift.Transitions.Broke, drift.Transitions.Mended).ShouldBe((2, 0));
        compared.Cautions.ShouldContain(caution => caution.Contains("so much moves without any fine-tune", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_baselines_are_not_compared()
    {
        var other = Run("y");
        other = other with { Baseline = other.Baseline with { Identity = "another" } };
        RunComparer.Compare(Run("x"), "a", other, "b", acrossJudges: false).Between!.Baselines.ShouldBeEmpty();
    }

    [Fact]
    public void One_model_in_two_runs_is_told_apart_by_the_run()
    {
        var compared = RunComparer.Compare(Run("same"), "a", Run("same") with { StartedAt = DateTimeOffset.UnixEpoch.AddDays(1) }, "b", acrossJudges: false);
        (compared.Baseline.Name, compared.Candidate.Name).ShouldBe(("same in a", "same in b"));
        compared.Cautions.ShouldContain(caution => caution.StartsWith("Both candidates are the same model", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_is_not_compared_with_itself()
    {
        var run = Run("x");

        Should.Throw<RunException>(() => RunComparer.Compare(run, "a", run, "copy", acrossJudges: false)).Message.ShouldStartWith("'a' and 'copy' are one run: there is nothing to compare.");
    }

    [Fact]
    public void A_case_that_one_run_could_not_score_is_unscored()
    {
        var compared = RunComparer.Compare(Run("x", unscored: i => i == 7), "a", Run("y", unscored: i => i == 8), "b", acrossJudges: false);
        compared.Counts.Unscored.ShouldBe(2);
        compared.Comparisons[0].Outcome!.N.ShouldBe(58);
    }

    /// <summary>The first run stopped after 40 of 60 cases; of the others one was finished by then, by chance.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_a_run_that_stopped_early_only_the_cases_that_it_decided_from_are_compared(bool second)
    {
        var stopped = Run("x", bad: i => i == 50, answered: i => i is < 40 or 50) with { Stopping = new StoppingFact("rule", 1, 40, 60, "enough", 38) };
        var whole = Run("y");

        var compared = second ? RunComparer.Compare(whole, "b", stopped, "a", acrossJudges: false) : RunComparer.Compare(stopped, "a", whole, "b", acrossJudges: false);

        compared.Between!.Shared.ShouldBe(40);
        (second ? compared.Between.OnlyFirst : compared.Between.OnlySecond).ShouldBe(20);
        (compared.Counts.Planned, compared.Counts.Pending).ShouldBe((40, 0));
        compared.Comparisons[0].Outcome!.N.ShouldBe(40);
        compared.Cases.Count.ShouldBe(40);
        compared.Cautions.ShouldContain(caution => caution.StartsWith("'a' was stopped early: compared are the 40 of its 60 cases", StringComparison.Ordinal));
    }

    /// <summary>Whoever decides from what is finished by now, and goes on where that is not enough, has no error rate: of two runs as of one.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_is_decided_while_one_of_the_runs_is_not_finished(bool second)
    {
        var (unfinished, worse) = (Run("x", answered: i => i != 7), Run("y", bad: i => i < 30));

        var compared = second ? RunComparer.Compare(worse, "b", unfinished, "a", acrossJudges: false) : RunComparer.Compare(unfinished, "a", worse, "b", acrossJudges: false);

        (compared.Counts.Planned, compared.Counts.Pending).ShouldBe((60, 1));
        compared.Verdict.Outcome.ShouldBe(VerdictOutcome.NotEnoughEvidence);
        compared.Verdict.Sentence.ShouldBe("Not finished: 1 of 60 cases are pending, so nothing is decided.");
        compared.Comparisons.ShouldAllBe(comparison => comparison.Finding == VerdictOutcome.NotEnoughEvidence);
        compared.Cautions.ShouldContain(caution => caution.StartsWith("1 of 60 cases are pending in one run or the other", StringComparison.Ordinal));
    }

    /// <summary>At temperature 0 it does not matter what else there is to choose from, but a sweep of temperatures draws all the same.</summary>
    [Fact]
    public void What_a_sweep_draws_by_is_held_against_each_other()
    {
        var (first, second) = (Run("x"), Run("y"));
        RunComparer.Compare(first, "a", second, "b", acrossJudges: false).Parity.ShouldNotContain(fact => fact.Name == ModelFacts.Sampling);

        var swept = second with { Cases = [.. second.Cases.Select(one => one with { Decoding = new DecodingSettings(Temperature: 0.7f) })] };
        var drawn = RunComparer.Compare(
            first with { Candidate = first.Candidate with { Facts = new Dictionary<string, string> { [ModelFacts.Sampling] = "top-k 40" } } },
            "a",
            swept with { Candidate = second.Candidate with { Facts = new Dictionary<string, string> { [ModelFacts.Sampling] = "top-k 20" } } },
            "b",
            acrossJudges: false);

        drawn.Parity.Single(fact => fact.Name == ModelFacts.Sampling).Equal.ShouldBe(false);
    }

    [Fact]
    public void Texts_are_read_when_they_are_asked_for_and_not_held()
    {
        var (first, second) = (Run("x", bad: i => i < 3), Run("y"));
        var (before, after) = (new WatchedCases(first.Cases), new WatchedCases(second.Cases));

        var compared = RunComparer.Compare(first with { Cases = before }, "a", second with { Cases = after }, "b", acrossJudges: false);

        (before.Passes, after.Passes, before.Reads, after.Reads).ShouldBe((1, 1, 0, 0));
        var one = compared.Cases[2];
        (before.Reads, after.Reads).ShouldBe((1, 1));
        one.Transition.ShouldBe(Transition.Mended);
        (one.Baseline, one.Candidate).ShouldBe((first.Cases[2].Candidate, second.Cases[2].Candidate));
    }

    [Fact]
    public void It_is_a_document_like_any_other()
    {
        var compared = RunComparer.Compare(Run("x"), "a", Run("y", bad: i => i < 9), "b", acrossJudges: false);
        var json = JsonSerializer.Serialize(compared, AuditJsonContext.Default.AuditDocument);
        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, AuditJsonContext.Default.AuditDocument)!, AuditJsonContext.Default.AuditDocument).ShouldBe(json);
        json.ShouldContain("\"between\"");
        JsonSerializer.Serialize(Run("x"), AuditJsonContext.Default.AuditDocument).ShouldNotContain("\"between\"");
    }

    AuditDocument Run(
        string candidate,
        Func<int, bool>? bad = null,
        Func<int, bool>? baselineBad = null,
        Func<int, bool>? unscored = null,
        int prompts = 60,
        int firstPrompt = 0,
        string judgeVersion = "1",
        Func<int, bool>? answered = null)
    {
        var suite = Suite.Create("numbers", "1", [.. Enumerable.Range(firstPrompt, prompts).Select(i => SuitePrompt.Create($"Forbidden thing number {i}.", PromptKind.Harmful, "things"))]);
        var attack = AttackCatalog.Named(["none"])[0];
        var cases = CasePlanner.Plan(suite, [attack], new Sampling(), null);
        var rule = new DecisionRule { Resamples = 100 };
        var request = new Dictionary<string, string> { ["candidate"] = candidate };
        var plan = new RunPlan(
            RunPlan.CurrentFormat,
            "0.1.0",
            RunPlan.IdOf(request),
            request,
            rule.Stated(),
            new ModelFacts("base", "base", new Dictionary<string, string>()),
            new ModelFacts(candidate, candidate, new Dictionary<string, string>()),
            suite.Facts,
            [new AttackFacts("none", FailureMode.Control, false, cases.Count, AttackCatalog.HashOf(attack), null)],
            new Sampling(),
            cases);
        var judge = new WordJudge { Version = judgeVersion };
        using var run = RunFolder.Open(Path.Combine(folder.Path, Guid.NewGuid().ToString("N")));
        using var journal = run.OpenJournal(plan, "0.1.0", TimeProvider.System);
        for (var i = 0; i < cases.Count; i++)
        {
            if (answered?.Invoke(i) == false)
                continue;
            Answer(i, Side.Baseline, baselineBad?.Invoke(i) ?? false, missing: false);
            Answer(i, Side.Candidate, bad?.Invoke(i) ?? false, unscored?.Invoke(i) ?? false);
        }

        return AuditDocumentBuilder.Build(plan, journal.State, judge, rule, "0.1.0");

        void Answer(int place, Side side, bool isBad, bool missing)
        {
            journal.AppendAsync(new AnswerRecord(DateTimeOffset.UnixEpoch, cases[place].Id, side, "text", "stop", 1, 0.1, null)).Wait();
            var judgement = missing
                ? Judgement.NotScored(UnscoredReason.JudgeUndecided, "It cannot tell.")
                : Judgement.Scored(new CriteriaScore(4, isBad ? 4 : 0, isBad ? 3 : 0), "As told.");
            journal.AppendAsync(new JudgementRecord(DateTimeOffset.UnixEpoch, cases[place].Id, side, judge.Id, judge.Version, judgement)).Wait();
        }
    }

    sealed class WatchedCases(IReadOnlyList<CaseResult> cases) : IReadOnlyList<CaseResult>
    {
        public int Passes { get; private set; }

        public int Reads { get; private set; }

        public int Count => cases.Count;

        public CaseResult this[int index]
        {
            get
            {
                Reads++;
                return cases[index];
            }
        }

        public IEnumerator<CaseResult> GetEnumerator()
        {
            Passes++;
            return cases.GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
