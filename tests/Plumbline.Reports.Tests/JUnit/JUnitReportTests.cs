using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Reports.Formats;
using Plumbline.Reports.Tests.Formats;
using Plumbline.Reports.Tests.Samples;
using Plumbline.Runs;
using Plumbline.Statistics;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Reports.Tests.JUnit;

public sealed class JUnitReportTests
{
    [Fact]
    public async Task A_regression_is_a_failure_with_its_numbers()
    {
        var audit = SampleAudit.Regressed();
        var suite = (await Read(audit)).Root!.Element("testsuite")!;

        suite.Attribute("name")!.Value.ShouldBe("Plumbline: Harmful prompts");
        var verdict = suite.Elements("testcase").First();
        verdict.Attribute("classname")!.Value.ShouldBe("plumbline.harmful.metric");
        verdict.Element("failure")!.Attribute("message")!.Value.ShouldBe(audit.Verdict.Sentence);
        Case(suite, "understanding kept").Element("failure").ShouldBeNull();
        Case(suite, "understanding kept").Element("system-out")!.Value.ShouldContain("difference");
    }

    /// <summary>Readers add up the times of suites, and take the whole's for how long somebody waited: not for the hours between a kill and what went on from it.</summary>
    [Fact]
    public async Task The_time_is_that_of_the_work_and_stands_once()
    {
        var audit = SampleAudit.Regressed();
        audit = audit with { FinishedAt = audit.StartedAt.AddHours(9), WorkedSeconds = 10.8, Comparisons = [audit.Comparisons[0], audit.Comparisons[0] with { Kind = PromptKind.Lookalike }] };

        var root = (await Read(audit)).Root!;

        root.Attribute("time")!.Value.ShouldBe("10.800");
        root.Elements("testsuite").ShouldAllBe(suite => suite.Attribute("time") == null);
        root.Descendants("testcase").ShouldAllBe(one => one.Attribute("time")!.Value == "0");
        (await Read(audit with { WorkedSeconds = null })).Root!.Attribute("time").ShouldBeNull("nobody told how long it took");
    }

    [Fact]
    public async Task A_judge_that_was_asked_after_the_run_is_told_as_one()
    {
        var audit = SampleAudit.Regressed();

        Judged(await Read(audit)).ShouldBeEmpty();
        Judged(await Read(audit with { JudgedAt = new DateTimeOffset(2026, 11, 22, 8, 0, 5, TimeSpan.Zero) })).ShouldBe(["2026-11-22T08:00:05Z"]);

        static IEnumerable<string> Judged(XDocument document) => document.Descendants("property").Where(one => one.Attribute("name")!.Value == "plumbline.judgedAt").Select(one => one.Attribute("value")!.Value);
    }

    [Fact]
    public async Task What_people_say_stands_with_the_run_s_properties()
    {
        var properties = (await Read(SampleLabels.On(SampleAudit.Regressed(), 60, drawP: 0.4))).Descendants("property").ToLookup(one => one.Attribute("name")!.Value, one => one.Attribute("value")!.Value);

        properties["plumbline.labelled"].ShouldHaveSingleItem().ShouldStartWith("With 60 cases labelled by people: harmful answers +22.0 points");
        (await Read(SampleAudit.Regressed())).Descendants("property").ShouldNotContain(one => one.Attribute("name")!.Value == "plumbline.labelled");
    }

    /// <summary>A build server shows what a test case says: who sees the verdict there sees what it is to be read with.</summary>
    [Theory]
    [InlineData(VerdictOutcome.Regressed, "failure")]
    [InlineData(VerdictOutcome.NotEnoughEvidence, "error")]
    [InlineData(VerdictOutcome.Held, "system-out")]
    public async Task The_cautions_stand_with_the_verdict(VerdictOutcome outcome, string element)
    {
        var audit = SampleAudit.Regressed();
        audit = audit with
        {
            Verdict = audit.Verdict with { Outcome = outcome },
            Cautions = ["7 of 200 cases are unscored.", "The suite is small."],
            Judge = audit.Judge with { Controls = new ControlCounts(4, 2, 0, ["told-threat"]) { Harmful = new HarmfulControls(2, 0, 0) } },
            Comparisons = [audit.Comparisons[0], audit.Comparisons[0] with { Kind = PromptKind.Lookalike }],
        };

        var document = await Read(audit);

        var lines = document.Descendants("testcase").First().Element(element)!.Value.Split('\n');
        lines[0].ShouldBe(audit.Verdict.Sentence);
        lines[1].ShouldStartWith("Warning: The judge 'world' calls harmful answers safe");
        lines[2..].ShouldBe(["Caution: 7 of 200 cases are unscored.", "Caution: The suite is small."]);
        document.Descendants("testcase").Count(one => one.Value.Contains("Caution:", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_candidate_that_held_has_no_failure()
    {
        var audit = Complete(SampleAudit.Held());
        var root = (await Read(audit)).Root!;
        root.Attribute("failures")!.Value.ShouldBe("0");
        root.Attribute("errors")!.Value.ShouldBe("0");
        int.Parse(root.Attribute("tests")!.Value, CultureInfo.InvariantCulture).ShouldBe(3 + audit.Comparisons[0].ByAttack.Count + audit.Comparisons[0].ByCategory.Count);
    }

    [Fact]
    public async Task What_could_not_be_decided_is_an_error_and_not_a_pass()
    {
        var audit = SampleAudit.Held();
        audit = audit with { Verdict = audit.Verdict with { Outcome = VerdictOutcome.NotEnoughEvidence, Sentence = "Not enough evidence: run more." } };
        var suite = (await Read(audit)).Root!.Element("testsuite")!;
        suite.Elements("testcase").First().Element("error")!.Attribute("message")!.Value.ShouldBe("Not enough evidence: run more.");
    }

    /// <summary>One look-alike beside 250 harmful prompts is no fault of the audit; one prompt that the verdict itself is about is not passed over.</summary>
    [Fact]
    public async Task One_prompt_beside_others_is_skipped()
    {
        var audit = SampleAudit.Held();
        var lone = audit.Comparisons[0] with { Kind = PromptKind.Lookalike, Finding = VerdictOutcome.NotEnoughEvidence, Outcome = audit.Comparisons[0].Outcome! with { Prompts = 1 } };

        var beside = await Read(audit with { Comparisons = [audit.Comparisons[0], lone] });
        var suite = beside.Root!.Elements("testsuite").Last();
        suite.Elements("testcase").First().Element("skipped")!.Attribute("message")!.Value.ShouldContain("too few");
        Case(suite, "understanding kept").Element("skipped").ShouldNotBeNull();

        var verdict = audit.Verdict with { Kind = PromptKind.Lookalike, Outcome = VerdictOutcome.NotEnoughEvidence };
        var alone = await Read(audit with { Comparisons = [lone], Verdict = verdict });
        alone.Root!.Element("testsuite")!.Elements("testcase").First().Element("error").ShouldNotBeNull();
    }

    /// <summary>Beside the kind that the verdict is about: 1 broken case of 10 is no pass, nor is a regression that missing cases may have made.</summary>
    [Theory]
    [InlineData(VerdictOutcome.NotEnoughEvidence, "error")]
    [InlineData(VerdictOutcome.Regressed, "failure")]
    [InlineData(VerdictOutcome.Held, null)]
    [InlineData(VerdictOutcome.Improved, null)]
    public async Task Another_kind_is_told_as_it_was_found(VerdictOutcome found, string? element)
    {
        var audit = SampleAudit.Held();
        audit = audit with { Comparisons = [audit.Comparisons[0], audit.Comparisons[0] with { Kind = PromptKind.Lookalike, Finding = found }] };

        var other = (await Read(audit)).Root!.Elements("testsuite").Last().Elements("testcase").First();

        other.Elements().Select(one => one.Name.LocalName).Where(name => name is "error" or "failure").ShouldBe(element is null ? [] : [element]);
    }

    [Theory]
    [InlineData(-0.1, 0.1, null)]
    [InlineData(-0.5, 0.1, "error")]
    [InlineData(-2, -1, "failure")]
    public async Task Understanding_that_may_have_fallen_is_no_pass(double low, double high, string? element)
    {
        var audit = SampleAudit.Held();
        var criteria = audit.Comparisons[0].Criteria.Select(one => one.Criterion == Criterion.Understanding ? one with { Difference = new IntervalEstimate((low + high) / 2, low, high) } : one);
        audit = audit with { Comparisons = [audit.Comparisons[0] with { Criteria = [.. criteria] }] };

        var told = Case((await Read(audit)).Root!.Element("testsuite")!, "understanding kept");

        told.Elements().Select(one => one.Name.LocalName).Where(name => name is "error" or "failure").ShouldBe(element is null ? [] : [element]);
    }

    [Fact]
    public async Task More_cases_without_a_score_than_the_rule_allows_are_an_error()
    {
        var audit = SampleAudit.Regressed();
        audit = audit with { Comparisons = [audit.Comparisons[0] with { Counts = new CaseCounts(250, 200, 40, 10, []) }] };
        var one = Case((await Read(audit)).Root!.Element("testsuite")!, "cases without a score");
        one.Element("error")!.Attribute("message")!.Value.ShouldContain("40 of 250 cases unscored, 10 pending");
    }

    [Fact]
    public async Task A_group_of_which_nothing_is_scored_is_skipped()
    {
        var audit = SampleAudit.Regressed();
        var comparison = audit.Comparisons[0];
        audit = audit with { Comparisons = [comparison with { ByAttack = [new GroupComparison("silent", 9, null, null, null, new TransitionTable(0, 0, 0, 0, 9))] }] };
        var suite = (await Read(audit)).Root!.Element("testsuite")!;
        Case(suite, "silent").Element("skipped")!.Attribute("message")!.Value.ShouldBe("None of 9 cases is scored on both sides.");
        suite.Attribute("skipped")!.Value.ShouldBe("1");
    }

    [Fact]
    public async Task The_counts_are_those_of_the_test_cases()
    {
        foreach (var suite in (await Read(SampleAudit.Regressed())).Root!.Elements("testsuite"))
        {
            suite.Attribute("tests")!.Value.ShouldBe(Number(suite.Elements("testcase")));
            suite.Attribute("failures")!.Value.ShouldBe(Number(suite.Descendants("failure")));
            suite.Attribute("errors")!.Value.ShouldBe(Number(suite.Descendants("error")));
            suite.Attribute("skipped")!.Value.ShouldBe(Number(suite.Descendants("skipped")));
        }

        static string Number(IEnumerable<XElement> elements) => elements.Count().ToString(CultureInfo.InvariantCulture);
    }

    [Theory]
    [MemberData(nameof(HostileText.All), MemberType = typeof(HostileText))]
    public async Task Whatever_the_names_are_the_file_keeps_to_the_schema(string payload)
    {
        var document = await Read(HostileAudit.Of(payload));
        document.Descendants().Select(element => element.Name.LocalName).Distinct().ShouldBeSubsetOf(
            ["testsuites", "testsuite", "properties", "property", "testcase", "failure", "error", "skipped", "system-out"]);
    }

    /// <summary>Tests for a fixed number of cases say too much of a run that ended where its data looked worst: what holds there is the evidence by category.</summary>
    [Fact]
    public async Task Of_a_run_that_was_stopped_early_only_evidence_that_holds_then_fails_or_passes()
    {
        var audit = SampleAudit.Regressed();
        var categories = audit.Comparisons[0].ByCategory.Select((group, i) => new CategoryEvidence(group.Name, i == 0 ? 5000 : 3, 9, 1, IsWorse: i == 0)).ToList();
        var stopping = new StoppingFact("rule", 1, 100, 250, "enough", 0, new SequentialFact(90, 0, 80, 12, 0, null, categories));
        Kinds(await Suite(audit), "plumbline.harmful.attack").ShouldContain("failure");

        var suite = await Suite(audit with { Stopping = stopping });

        Kinds(suite, "plumbline.harmful.attack").ShouldAllBe(kind => kind == "skipped");
        Kinds(suite, "plumbline.harmful.category").ShouldBe(["failure", .. Enumerable.Repeat("", categories.Count - 1)]);
        Case(suite, categories[0].Name).Element("failure")!.Attribute("message")!.Value.ShouldContain("evidence for worse 5,000 to 1");
        Case(suite, "understanding kept").Element("error")!.Attribute("message")!.Value.ShouldEndWith("for another reason than understanding, and does not decide this.");

        // Who stops early because it held has evidence that understanding was kept; another rule's stop says nothing by category.
        var held = await Suite(Complete(SampleAudit.Held()) with { Stopping = stopping with { Sequential = null } });
        Case(held, "understanding kept").Elements("error").Concat(Case(held, "understanding kept").Elements("failure")).ShouldBeEmpty();
        Kinds(held, "plumbline.harmful.category").ShouldAllBe(kind => kind == "skipped");

    }

    /// <summary>A build is not to fail by what the run itself says is not decided.</summary>
    [Fact]
    public async Task Of_a_run_that_is_not_finished_nothing_fails_or_passes()
    {
        var audit = SampleAudit.Regressed();
        audit = audit with { Counts = new CaseCounts(audit.Counts.Planned + 10, audit.Counts.Scored, audit.Counts.Unscored, 10, audit.Counts.UnscoredReasons), Verdict = audit.Verdict with { Outcome = VerdictOutcome.NotEnoughEvidence } };

        var suite = await Suite(audit);

        Kinds(suite, "plumbline.harmful.attack").ShouldAllBe(kind => kind == "skipped");
        Kinds(suite, "plumbline.harmful.category").ShouldAllBe(kind => kind == "skipped");
        Case(suite, "understanding kept").Elements("error").ShouldHaveSingleItem();
        suite.Descendants("failure").ShouldBeEmpty();
    }

    private static async Task<XElement> Suite(AuditDocument audit) => (await Read(audit)).Root!.Element("testsuite")!;

    private static List<string> Kinds(XElement suite, string where) =>
        [.. suite.Elements("testcase").Where(one => one.Attribute("classname")!.Value == where).Select(one => one.Elements().Select(element => element.Name.LocalName).FirstOrDefault(name => name != "system-out") ?? "")];

    private static AuditDocument Complete(AuditDocument audit)
    {
        var comparison = audit.Comparisons[0];
        var counts = comparison.Counts;
        return audit with { Comparisons = [comparison with { Counts = new CaseCounts(counts.Scored, counts.Scored, 0, 0, []) }] };
    }

    private static XElement Case(XElement suite, string name) =>
        suite.Elements("testcase").Single(one => one.Attribute("name")!.Value == name);

    /// <summary>Reads the file back through a schema of what the common readers (Jenkins, GitLab, Azure, Ant's) accept alike.</summary>
    private static async Task<XDocument> Read(AuditDocument audit)
    {
        using var stream = new MemoryStream(await Written.BytesAsync(audit, ReportFormat.JUnit));
        var schemas = new XmlSchemaSet();
        schemas.Add(null, Path.Combine(AppContext.BaseDirectory, "Fixtures", "junit.xsd"));
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = schemas, Async = true };
        settings.ValidationEventHandler += (_, found) => throw new XmlException(found.Message);
        using var reader = XmlReader.Create(stream, settings);
        return await XDocument.LoadAsync(reader, LoadOptions.None, TestContext.Current.CancellationToken);
    }
}
