using System.Text.Json;
using Plumbline.Audits;
using Plumbline.Reports.Formats;
using Plumbline.Reports.Tests.Formats;
using Plumbline.Reports.Tests.Samples;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Reports.Tests.Sarif;

public sealed class SarifReportTests
{
    [Fact]
    public async Task There_is_a_result_for_each_case_that_broke_and_for_no_other()
    {
        var audit = SampleAudit.Regressed();
        using var sarif = await Read(audit);
        var run = Run(sarif);

        run.GetProperty("results").GetArrayLength().ShouldBe(audit.Comparisons[0].Transitions.Broke);
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        foreach (var result in run.GetProperty("results").EnumerateArray())
        {
            rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString().ShouldBe(result.GetProperty("ruleId").GetString());
            result.GetProperty("level").GetString().ShouldBe("error");
            result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString().ShouldBe("audit.json");
        }
    }

    [Fact]
    public async Task A_judge_that_was_asked_after_the_run_is_told_as_one()
    {
        var audit = SampleAudit.Regressed();
        using var own = await Read(audit);
        using var other = await Read(audit with { JudgedAt = new DateTimeOffset(2026, 11, 22, 8, 0, 5, TimeSpan.Zero) });

        Run(own).GetProperty("properties").TryGetProperty("judgedAt", out _).ShouldBeFalse();
        Run(other).GetProperty("properties").GetProperty("judgedAt").GetString().ShouldBe("2026-11-22T08:00:05.000Z");
    }

    /// <summary>Code scanning fails a change by its errors: a case is one only where the run says that its kind of prompt regressed. It is listed all the same, since an
    /// alert that a file no longer lists is closed as mended.</summary>
    [Theory]
    [InlineData(VerdictOutcome.Regressed, 0, "error", "gate 3.")]
    [InlineData(VerdictOutcome.Regressed, 10, "note", "(A note, because the run is not finished: its verdict is open.)")]
    [InlineData(VerdictOutcome.NotEnoughEvidence, 0, "note", "(A note, because the run's verdict is open: the result of 'plumbline-open' says why.)")]
    [InlineData(VerdictOutcome.Held, 0, "note", "(A note, because the verdict on such prompts, over all cases, is: held.)")]
    public async Task A_case_that_broke_is_as_grave_as_the_verdict(VerdictOutcome outcome, int pending, string level, string ending)
    {
        var audit = SampleAudit.Regressed();
        audit = audit with
        {
            Verdict = audit.Verdict with { Outcome = pending > 0 ? VerdictOutcome.NotEnoughEvidence : outcome },
            Counts = new CaseCounts(audit.Counts.Planned + pending, audit.Counts.Scored, audit.Counts.Unscored, pending, audit.Counts.UnscoredReasons),
        };

        using var sarif = await Read(audit);

        var results = Run(sarif).GetProperty("results").EnumerateArray().Where(result => result.GetProperty("ruleId").GetString() != "plumbline-open").ToList();
        results.Count.ShouldBe(audit.Comparisons[0].Transitions.Broke);
        results.ShouldAllBe(result => result.GetProperty("level").GetString() == level);
        results[0].GetProperty("message").GetProperty("text").GetString()!.ShouldEndWith(ending);
    }

    /// <summary>Beside the kind that the verdict is about, what was found of a kind itself counts.</summary>
    [Theory]
    [InlineData(VerdictOutcome.Regressed, "error", "gate 3.")]
    [InlineData(VerdictOutcome.Held, "note", "(A note, because the verdict on such prompts, over all cases, is: held.)")]
    [InlineData(VerdictOutcome.NotEnoughEvidence, "note", "(A note, because the run does not decide about such prompts by themselves.)")]
    public async Task Another_kind_is_as_grave_as_it_was_found(VerdictOutcome found, string level, string ending)
    {
        var audit = SampleAudit.Regressed();
        var broke = audit.Cases.First(one => one.Transition == Transition.Broke);
        using var sarif = await Read(audit with
        {
            Comparisons = [audit.Comparisons[0], audit.Comparisons[0] with { Kind = PromptKind.Lookalike, Finding = found }],
            Cases = [broke, broke with { Kind = PromptKind.Lookalike, Id = "other" }],
        });

        Run(sarif).GetProperty("results").EnumerateArray().Select(result => result.GetProperty("level").GetString()).ShouldBe(["error", level]);
        Run(sarif).GetProperty("results")[1].GetProperty("message").GetProperty("text").GetString()!.ShouldEndWith(ending);
    }

    /// <summary>Its exit code is not that of a run that held, and JUnit has an error: here, too, something must be one, though no case broke at all.</summary>
    [Theory]
    [InlineData(0, true, "Not enough evidence: nobody knows. Run 100 more.")]
    [InlineData(10, false, "Not enough evidence: nobody knows. Run 100 more.")]
    public async Task Of_a_run_that_does_not_decide_that_is_an_error(int pending, bool hasEnded, string message)
    {
        var audit = SampleAudit.Held();
        var open = audit with
        {
            Verdict = audit.Verdict with { Outcome = VerdictOutcome.NotEnoughEvidence, Sentence = "Not enough evidence: nobody knows.", Reasons = ["Run 100 more.", "Another reason."] },
            Counts = new CaseCounts(audit.Counts.Planned + pending, audit.Counts.Scored, audit.Counts.Unscored, pending, audit.Counts.UnscoredReasons),
            Cases = [.. audit.Cases.Where(one => one.Transition != Transition.Broke)],
        };
        using var sarif = await Read(open);
        using var again = await Read(open with { RunId = "another" });
        using var decided = await Read(audit);

        var result = Run(sarif).GetProperty("results").EnumerateArray().ShouldHaveSingleItem();
        result.GetProperty("level").GetString().ShouldBe("error");
        result.GetProperty("message").GetProperty("text").GetString().ShouldBe(message);
        result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString().ShouldBe("audit.json");
        var rule = Run(sarif).GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()];
        rule.GetProperty("id").GetString().ShouldBe(result.GetProperty("ruleId").GetString());
        rule.GetProperty("name").GetString().ShouldBe("VerdictOpen");
        Run(again).GetProperty("results")[0].GetProperty("partialFingerprints").GetRawText().ShouldBe(result.GetProperty("partialFingerprints").GetRawText(), "one alert, whoever ran it");
        Notes(sarif)[0].GetProperty("level").GetString().ShouldBe("error");
        Notes(sarif)[0].GetProperty("message").GetProperty("text").GetString()!.ShouldEndWith("Not enough evidence: nobody knows.");
        Run(sarif).GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean().ShouldBe(hasEnded);

        Run(decided).GetProperty("results").EnumerateArray().ShouldAllBe(one => one.GetProperty("level").GetString() == "note");
        Notes(decided).ShouldAllBe(note => note.GetProperty("level").GetString() == "warning");
        Run(decided).GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task What_people_say_stands_with_the_run_s_properties()
    {
        using var sarif = await Read(SampleLabels.On(SampleAudit.Regressed(), 60, drawP: 0.4));
        using var without = await Read(SampleAudit.Regressed());

        Run(sarif).GetProperty("properties").GetProperty("labelled")[0].GetString()!.ShouldStartWith("With 60 cases labelled by people: harmful answers +22.0 points");
        Run(without).GetProperty("properties").TryGetProperty("labelled", out _).ShouldBeFalse();
    }

    /// <summary>Code scanning would open alerts for cases that the verdict does not know.</summary>
    [Fact]
    public async Task Of_a_run_that_was_stopped_early_what_was_finished_by_chance_is_no_result()
    {
        var audit = SampleAudit.Regressed() with { Stopping = new StoppingFact("rule", 1, 100, 250, "enough", 0) };
        using var sarif = await Read(audit);

        var broke = audit.Cases.Take(100).Count(one => one.Transition == Transition.Broke);
        broke.ShouldBeLessThan(audit.Comparisons[0].Transitions.Broke);
        Run(sarif).GetProperty("results").GetArrayLength().ShouldBe(broke);
    }

    [Fact]
    public async Task A_case_keeps_its_fingerprint_whoever_answers_it_and_no_two_share_one()
    {
        using var one = await Read(SampleAudit.Regressed());
        using var other = await Read(SampleAudit.Regressed(candidate: "another model") with { RunId = "another", ToolVersion = "9.9.9" });

        Fingerprints(one).ShouldBe(Fingerprints(other));
        Fingerprints(one).ShouldBeUnique();
    }

    [Fact]
    public async Task A_message_is_no_link_and_no_placeholder()
    {
        using var sarif = await Read(HostileAudit.Of("[here](https://example.org) {0} {12}"));
        var message = Run(sarif).GetProperty("results")[0].GetProperty("message").GetProperty("text").GetString()!;
        message.ShouldNotContain("](");
        message.ShouldNotContain("{0}");
        message.ShouldNotContain("{12}");
    }

    [Fact]
    public async Task The_scores_stand_beside_a_result_and_the_answers_only_where_asked_for()
    {
        using var masked = await Read(SampleAudit.Regressed());
        var properties = Run(masked).GetProperty("results")[0].GetProperty("properties");
        properties.GetProperty("candidate").GetProperty("harmfulness").GetInt32().ShouldBe(3);
        properties.GetProperty("candidate").TryGetProperty("answer", out _).ShouldBeFalse();

        using var revealed = JsonDocument.Parse(await Written.BytesAsync(SampleAudit.Regressed(), ReportFormat.Sarif, reveal: true));
        Run(revealed).GetProperty("results")[0].GetProperty("properties").GetProperty("candidate").GetProperty("answer").GetString()!.ShouldContain("grey cube answer");
    }

    // Code scanning closes the alerts that a file no longer lists: who reads it must see that some cases were not looked at.
    [Fact]
    public async Task Cases_that_are_unscored_or_pending_are_told_and_a_complete_run_tells_nothing()
    {
        var audit = SampleAudit.Regressed();
        using var incomplete = await Read(audit with { Counts = new CaseCounts(1250, 1200, 50, 0, []) });
        using var complete = await Read(audit with { Counts = new CaseCounts(250, 250, 0, 0, []) });

        using var unfinished = await Read(audit with { Counts = new CaseCounts(1250, 1200, 40, 10, []) });

        var note = Notes(incomplete).ShouldHaveSingleItem();
        note.GetProperty("level").GetString().ShouldBe("warning");
        note.GetProperty("message").GetProperty("text").GetString().ShouldBe("Of 1,250 cases 50 are unscored and 0 pending: whether they broke is not known.");
        Notes(unfinished)[1].GetProperty("message").GetProperty("text").GetString().ShouldBe("Of 1,250 cases 40 are unscored and 10 pending: whether they broke is not known.");
        Run(complete).GetProperty("invocations")[0].TryGetProperty("toolExecutionNotifications", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(VerdictOutcome.Regressed, "25,000")]
    [InlineData(VerdictOutcome.NotEnoughEvidence, "24,999")]
    public async Task More_results_than_code_scanning_takes_are_left_out_and_counted(VerdictOutcome outcome, string cases)
    {
        var audit = SampleAudit.Regressed(40);
        audit = audit with { Verdict = audit.Verdict with { Outcome = outcome } };
        var broke = audit.Cases.First(one => one.Transition == Transition.Broke);
        var comparison = audit.Comparisons[0];
        using var sarif = await Read(audit with
        {
            Cases = [.. Enumerable.Repeat(broke, 25_010)],
            Comparisons = [comparison with { Transitions = comparison.Transitions with { Broke = 25_010 } }],
        });

        Run(sarif).GetProperty("results").GetArrayLength().ShouldBe(25_000);
        Notes(sarif)[^1].GetProperty("message").GetProperty("text").GetString()!.ShouldStartWith($"25,010 cases broke; these are the first {cases}, the most");
    }

    private static IReadOnlyList<string> Fingerprints(JsonDocument sarif) =>
        [.. Run(sarif).GetProperty("results").EnumerateArray().Select(result => result.GetProperty("partialFingerprints").GetProperty("plumblineCase/v1").GetString()!)];

    private static IReadOnlyList<JsonElement> Notes(JsonDocument sarif) =>
        Run(sarif).GetProperty("invocations")[0].TryGetProperty("toolExecutionNotifications", out var notes) ? [.. notes.EnumerateArray()] : [];

    private static JsonElement Run(JsonDocument sarif) => sarif.RootElement.GetProperty("runs")[0];

    private static async Task<JsonDocument> Read(AuditDocument audit) => JsonDocument.Parse(await Written.BytesAsync(audit, ReportFormat.Sarif));
}
