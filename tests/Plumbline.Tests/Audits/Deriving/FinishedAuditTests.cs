using System.Text;
using Plumbline.Audits;
using Plumbline.Audits.Deriving;
using Plumbline.Cases;
using Plumbline.Costs;
using Plumbline.Files;
using Plumbline.Judges;
using Plumbline.Judges.Evaluation;
using Plumbline.Judges.Panels;
using Plumbline.Labelling;
using Plumbline.Pairs;
using Plumbline.Suites;
using Shouldly;
using static Plumbline.Tests.Audits.SmallAudit;

namespace Plumbline.Tests.Audits.Deriving;

/// <summary>A finished run that is gone on with derives nothing anew while nothing has changed, and everything where anything has.</summary>
public sealed class FinishedAuditTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    static AuditRequest Usual(int prompts = 10) => Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(prompt => prompt.EndsWith('3') ? "4 4 2" : "4 0 0"), Prompts(prompts));

    string At(string name) => Path.Combine(folder.Path, name);

    byte[] Audit => File.ReadAllBytes(At(AuditFile.Name));

    Task<ConcludedAudit> GoOn(AuditRequest request) => new AuditRunner(TimeProvider.System).ConcludeAsync(request, folder.Path, progress: null, Token);

    /// <summary>So many prompts that the journal's hash is a chain of several.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(300)]
    public async Task Where_nothing_changed_nothing_is_derived_and_the_document_is_the_same(int prompts)
    {
        var first = await GoOn(Usual(prompts));
        var (audit, record) = (Audit, await File.ReadAllBytesAsync(At(DerivedRecord.FileName), Token));
        var written = File.GetLastWriteTimeUtc(At(AuditFile.Name));
        var told = new List<AuditStage>();

        var again = await new AuditRunner(TimeProvider.System).ConcludeAsync(Usual(prompts), folder.Path, new ToldStages(told), Token);

        (first.WasThere, again.WasThere).ShouldBe((false, true));
        told.ShouldNotContain(AuditStage.Concluding);
        AsJson(again.Document).ShouldBe(AsJson(first.Document));
        AsJson(again.Document).ShouldBe(AsJson(AuditFile.Read(At(AuditFile.Name))));
        Audit.ShouldBe(audit);
        File.GetLastWriteTimeUtc(At(AuditFile.Name)).ShouldBe(written);
        (await File.ReadAllBytesAsync(At(DerivedRecord.FileName), Token)).ShouldBe(record);
    }

    [Fact]
    public async Task A_run_of_several_sittings_is_known_by_what_its_journal_holds()
    {
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(Token))
        {
            var asked = 0;
            var request = Usual();
            await Should.ThrowAsync<OperationCanceledException>(new AuditRunner(TimeProvider.System).ConcludeAsync(
                request with
                {
                    Baseline = request.Baseline with
                    {
                        Client = new ScriptedClient(_ =>
                        {
                            if (Interlocked.Increment(ref asked) == 4)
                                stop.Cancel();
                            return ScriptedClient.Response("4 0 0");
                        }),
                    },
                    Concurrency = 1,
                },
                folder.Path,
                progress: null,
                stop.Token));
        }

        File.Exists(At(DerivedRecord.FileName)).ShouldBeFalse();
        (await GoOn(Usual())).WasThere.ShouldBeFalse();
        Directory.GetFiles(At("journal")).Length.ShouldBeGreaterThan(1);
        (await GoOn(Usual())).WasThere.ShouldBeTrue();
    }

    public static TheoryData<string> Changes =>
        ["margin", "alpha", "interval", "stopping", "stopping's kinds", "judge's version", "judge's words", "judge's criteria", "panel", "what is known of the judge", "name that is shown", "prices", "budget", "groups"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_of_what_a_document_depends_on_derives_it_anew_and_back_again(string change)
    {
        var request = Usual() with { OrderSeed = change.StartsWith("stopping", StringComparison.Ordinal) ? 1 : null };
        await GoOn(request);
        var audit = Audit;
        var changed = Changed(request, change);

        var other = await GoOn(changed);
        other.WasThere.ShouldBeFalse();
        var (otherAudit, otherAgain) = (Audit, await GoOn(changed));
        otherAgain.WasThere.ShouldBeTrue();
        AsJson(otherAgain.Document).ShouldBe(AsJson(other.Document));
        Encoding.UTF8.GetString(otherAudit).ReplaceLineEndings("\n").ShouldBe(AsJson(other.Document).ReplaceLineEndings("\n"));

        (await GoOn(request)).WasThere.ShouldBeFalse();
        // Another judge's judgements are in the journal since, whose last record is later.
        if (!change.StartsWith("judge", StringComparison.Ordinal) && change != "panel")
            Audit.ShouldBe(audit);
    }

    static AuditRequest Changed(AuditRequest request, string change) => change switch
    {
        "margin" => request with { Rule = request.Rule with { Margin = 0.02 } },
        "alpha" => request with { Rule = request.Rule with { Alpha = 0.04 } },
        "interval" => request with { Rule = request.Rule with { IntervalAlpha = 0.01 } },
        "stopping" => request with { Stopping = new SequentialRule(request.Rule, [PromptKind.Harmful]) },
        "stopping's kinds" => request with { Stopping = new SequentialRule(request.Rule with { UnderstandingMargin = 0.3 }, [PromptKind.Harmful]) },
        "judge's version" => request with { Judge = new WordJudge { Version = "2" } },
        "judge's words" => request with { Judge = new RenamedJudge("Reads otherwise.") },
        "judge's criteria" => request with { Judge = new WordJudge { Criteria = [Criterion.Compliance] } },
        "panel" => request with { Judge = new PanelJudge([new WordJudge(), new WordJudge { Version = "2" }], PanelRule.Any) },
        "what is known of the judge" => request with { KnownJudges = new JudgeRegistry([], [new InjectionQuality("word", "1", "pack", 30, 0, 0, [], [], DateTimeOffset.UnixEpoch)]) },
        "name that is shown" => request with { Candidate = request.Candidate with { Facts = request.Candidate.Facts with { DisplayName = "tuned" } } },
        "prices" => request with { Spending = Priced(budget: null) },
        "budget" => request with { Spending = Priced(budget: 1000) },
        "groups" => request with { Suite = Suite.Create("test", "1", [.. request.Suite.Prompts.Select((prompt, i) => prompt with { Group = $"seed {i / 2}" })]) },
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "No such change."),
    };

    static SpendingLedger Priced(decimal? budget)
    {
        var ledger = new SpendingLedger("USD", budget);
        foreach (var (spender, model) in new[] { (Spender.Baseline, "before"), (Spender.Candidate, "after") })
            ledger.Enter(new PricedModel(spender, model, new ModelPrice(1, 2)));
        return ledger;
    }

    [Fact]
    public async Task A_rule_that_no_hash_tells_from_another_derives_anew_each_time()
    {
        var request = Usual() with { OrderSeed = 1, Stopping = new NeverStops() };
        await GoOn(request);

        var again = await GoOn(request);
        (again.WasThere, again.HasChanged).ShouldBe((false, false));
        DerivedRecord.Read(folder.Path)!.From.ShouldBeNull();
    }

    [Fact]
    public async Task A_plan_of_a_version_without_a_sum_derives_anew_each_time()
    {
        await GoOn(Usual());
        var text = await File.ReadAllTextAsync(At("plan.json"), Token);
        await File.WriteAllTextAsync(At("plan.json"), text[..text.IndexOf(",\n  \"sum\"", StringComparison.Ordinal)] + "\n}", Token);

        var first = await GoOn(Usual());
        first.KeepReport("report.html", "a maker", FileSum.Of(folder.File("report.html", "<p>fine</p>")));
        var again = await GoOn(Usual());

        (first.WasThere, again.WasThere, again.HasChanged).ShouldBe((false, false, false));
        again.HasReport("report.html", "a maker").ShouldBeTrue("what it was made from came out the same");
    }

    [Fact]
    public async Task Labels_and_another_judge_make_it_another_document()
    {
        var first = await GoOn(Usual());
        var labels = first.Document.Cases.Select(one => new Label(LabelSheet.IdOf(first.Document.RunId, one.Id, Side.Candidate, one.Candidate!.Response), new CriteriaScore(4, 0, 0), "", "row")).ToList();
        await new HumanLabels().ImportAsync(folder.Path, labels, TimeProvider.System);
        (await GoOn(Usual())).WasThere.ShouldBeFalse();
        (await GoOn(Usual())).WasThere.ShouldBeTrue();

        await new StoredRunJudge(TimeProvider.System).JudgeAsync(new JudgingRequest(new WordJudge { Version = "2" }), folder.Path, progress: null, Token);
        var again = await GoOn(Usual());

        (again.WasThere, again.Document.Judge.Version).ShouldBe((false, "1"));
    }

    /// <summary>Wherever a byte of the result or of the record is another, or the rest is missing, the result is derived from the journal again.</summary>
    [Fact]
    public async Task A_file_that_was_edited_or_torn_is_not_believed()
    {
        await GoOn(Usual(4));
        var audit = Audit;
        var random = new Random(7);
        foreach (var name in new[] { AuditFile.Name, DerivedRecord.FileName })
        {
            for (var round = 0; round < 12; round++)
            {
                var bytes = await File.ReadAllBytesAsync(At(name), Token);
                var at = random.Next(bytes.Length);
                if (round % 4 == 0)
                    bytes = bytes[..at];
                else
                    bytes[at] ^= (byte)(1 << random.Next(7));
                await File.WriteAllBytesAsync(At(name), bytes, Token);

                // Between two values white space may be another: such a record says the same.
                var concluded = await GoOn(Usual(4));
                if (name == AuditFile.Name)
                    concluded.WasThere.ShouldBeFalse($"{name}, byte {at}, round {round}");
                Audit.ShouldBe(audit, $"{name}, byte {at}, round {round}");
                concluded.Document.Counts.Scored.ShouldBe(4);
            }
        }
    }

    [Theory]
    [InlineData("\"length\": ", "\"length\": 1")]
    [InlineData("\"id\": \"", "\"id\": \"not")]
    [InlineData("\"afterCases\": ", "\"afterCases\": 1")]
    [InlineData("\"from\": \"", "\"from\": \"0")]
    [InlineData("\"sha256\": \"", "\"sha256\": \"0")]
    [InlineData("plumbline.derived/2", "plumbline.derived/1")]
    [InlineData("{", "[{")]
    public async Task A_record_that_was_edited_is_not_believed(string before, string after)
    {
        await GoOn(Usual());
        var audit = Audit;
        var text = await File.ReadAllTextAsync(At(DerivedRecord.FileName), Token);
        text.ShouldContain(before);
        await File.WriteAllTextAsync(At(DerivedRecord.FileName), text.Replace(before, after, StringComparison.Ordinal), Token);

        (await GoOn(Usual())).WasThere.ShouldBeFalse();
        Audit.ShouldBe(audit);
        (await GoOn(Usual())).WasThere.ShouldBeTrue();
    }

    [Theory]
    [InlineData(AuditFile.Name)]
    [InlineData(DerivedRecord.FileName)]
    public async Task A_file_that_is_gone_is_written_again(string name)
    {
        await GoOn(Usual());
        File.Delete(At(name));

        var again = await GoOn(Usual());
        (again.WasThere, again.HasChanged).ShouldBe((false, name == AuditFile.Name));
        (await GoOn(Usual())).WasThere.ShouldBeTrue();
    }

    /// <summary>The document is in its place, and the record is still that of the one before it.</summary>
    [Fact]
    public async Task A_kill_between_the_document_and_its_record_leaves_nothing_that_is_believed()
    {
        await GoOn(Usual());
        var (audit, record) = (Audit, await File.ReadAllBytesAsync(At(DerivedRecord.FileName), Token));
        var changed = Changed(Usual(), "margin");
        await GoOn(changed);
        var later = Audit;
        await File.WriteAllBytesAsync(At(DerivedRecord.FileName), record, Token);

        (await GoOn(Usual())).WasThere.ShouldBeFalse();
        Audit.ShouldBe(audit);

        await File.WriteAllBytesAsync(At(AuditFile.Name), later, Token);
        (await GoOn(changed)).WasThere.ShouldBeFalse();
        Audit.ShouldBe(later);
    }

    [Fact]
    public async Task A_report_is_kept_in_mind_until_it_its_maker_or_its_document_changes()
    {
        var audit = await GoOn(Usual());
        audit.HasReport("report.html", "a maker").ShouldBeFalse();
        var fine = FileSum.Of(folder.File("report.html", "<p>fine</p>"));
        audit.KeepReport("report.html", "a maker", fine);

        var again = await GoOn(Usual());
        again.WasThere.ShouldBeTrue();
        again.HasReport("report.html", "a maker").ShouldBeTrue();
        again.HasReport("report.html", "another maker").ShouldBeFalse();
        again.HasReport("other.html", "a maker").ShouldBeFalse();
        folder.File("report.html", "<p>fire</p>");
        again.HasReport("report.html", "a maker").ShouldBeFalse();
        folder.File("report.html", "<p>fine</p");
        again.HasReport("report.html", "a maker").ShouldBeFalse();
        File.Delete(At("report.html"));
        again.HasReport("report.html", "a maker").ShouldBeFalse();
        folder.File("report.html", "<p>fine</p>");
        again.HasReport("report.html", "a maker").ShouldBeTrue();

        var other = await GoOn(Changed(Usual(), "margin"));
        other.HasReport("report.html", "a maker").ShouldBeFalse("it was made from another document");
        audit.KeepReport("report.html", "a maker", fine);
        other.HasReport("report.html", "a maker").ShouldBeFalse("who comes late with a report of an earlier document is not believed");
    }

    /// <summary>Another process' page, with fewer masks or of a run so far, may take the place before anybody notes what was written.</summary>
    [Fact]
    public async Task A_report_is_known_by_what_was_written_and_not_by_what_lies_there_then()
    {
        var audit = await GoOn(Usual());
        var (written, _) = await WholeFile.WriteSummedAsync(At("report.html"), async stream => await stream.WriteAsync("<p>masked</p>"u8.ToArray(), Token));
        folder.File("report.html", "<p>nothing masked</p>");

        audit.KeepReport("report.html", "a maker", written);

        (await GoOn(Usual())).HasReport("report.html", "a maker").ShouldBeFalse();
        folder.File("report.html", "<p>masked</p>");
        (await GoOn(Usual())).HasReport("report.html", "a maker").ShouldBeTrue();
    }

    [Theory]
    [InlineData("{\"name\": \"mine\", \"rows\": [1, 2]}")]
    [InlineData("mine")]
    public async Task Somebody_else_s_file_of_the_record_s_name_is_left_alone(string text)
    {
        folder.File(DerivedRecord.FileName, text);

        var first = await GoOn(Usual());
        first.KeepReport("report.html", "a maker", FileSum.Of(folder.File("report.html", "<p>fine</p>")));

        (await File.ReadAllTextAsync(At(DerivedRecord.FileName), Token)).ShouldBe(text);
        (await GoOn(Usual())).WasThere.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0")]
    [InlineData("{\n  \"format\": \"plumbline.derived/7\",\n  \"fr")]
    public async Task A_record_of_another_version_and_what_a_power_cut_leaves_of_one_are_written_anew(string text)
    {
        folder.File(DerivedRecord.FileName, text);

        await GoOn(Usual());

        (await GoOn(Usual())).WasThere.ShouldBeTrue();
    }

    [Fact]
    public async Task A_record_that_cannot_be_written_costs_no_result()
    {
        Directory.CreateDirectory(Path.Combine(At(DerivedRecord.FileName), "in the way"));

        var first = await GoOn(Usual());
        first.KeepReport("report.html", "a maker", FileSum.Of(folder.File("report.html", "<p>fine</p>")));

        AsJson(AuditFile.Read(At(AuditFile.Name))).ShouldBe(AsJson(first.Document));
        (await GoOn(Usual())).WasThere.ShouldBeFalse();
        Directory.GetFiles(folder.Path, "*.tmp").ShouldBeEmpty();
    }

    /// <summary>A call that failed is made again by whoever goes on: such a run is not at its end for good.</summary>
    [Fact]
    public async Task Failed_calls_are_made_again()
    {
        var request = Usual(30);
        var isIll = true;
        var candidate = new ScriptedClient(prompt => isIll && prompt.EndsWith("17", StringComparison.Ordinal) ? throw new InvalidOperationException("ill") : ScriptedClient.Response("4 0 0"));
        request = request with { Candidate = request.Candidate with { Client = candidate } };
        (await GoOn(request)).Document.Counts.Unscored.ShouldBe(1);

        isIll = false;
        var again = await GoOn(request);

        (again.WasThere, again.Document.Counts.Scored).ShouldBe((false, 30));
        (await GoOn(request)).WasThere.ShouldBeTrue();
    }

    [Fact]
    public void A_build_is_known_by_its_modules()
    {
        var identity = BuildIdentity.Of(typeof(AuditRunner).Assembly);

        identity.ShouldContain(typeof(AuditRunner).Module.ModuleVersionId.ToString());
        identity.ShouldNotBe(BuildIdentity.Of(typeof(FinishedAuditTests).Assembly));
    }
}
