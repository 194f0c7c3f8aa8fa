using Plumbline.Archive;
using Plumbline.Audits;
using Plumbline.Runs;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Archive;

public sealed class RunArchiveTests : IDisposable
{
    static readonly string Golden = Path.Combine(AppContext.BaseDirectory, "Fixtures", "audit.json");
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_finished_run_is_glanced_at_by_its_head_alone()
    {
        var run = Make("runs/a");
        var whole = File.ReadAllText(Path.Combine(run, AuditFile.Name));
        // Whatever is wrong behind the head is not looked at.
        whole = whole.Replace("\"pending\": 1", "\"pending\": 0", StringComparison.Ordinal).Replace("\"scored\": 1", "\"scored\": 2", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(run, AuditFile.Name), whole[..whole.IndexOf("\"comparisons\"", StringComparison.Ordinal)] + "\"cases\": [broken" + new string(' ', 300_000));

        var glance = RunArchive.Glance(run);

        glance.IsFinished.ShouldBeTrue();
        glance.Baseline.ShouldBe("bob");
        glance.Candidate.ShouldBe("bob+adapter");
        glance.Counts!.Planned.ShouldBe(3);
        glance.Outcome.ShouldBe(VerdictOutcome.NotEnoughEvidence);
    }

    /// <summary>A judge may be asked about a run that was killed: the result is of what was answered by then.</summary>
    [Fact]
    public void A_result_with_pending_cases_is_no_finished_run()
    {
        var glance = RunArchive.Glance(Make("runs/a"));

        glance.IsFinished.ShouldBeFalse();
        glance.Counts!.Pending.ShouldBe(1);
        glance.Judge.ShouldNotBeNull();
    }

    [Fact]
    public void A_head_longer_than_the_first_bytes_is_read_in_whole()
    {
        var run = Make("runs/a");
        var path = Path.Combine(run, AuditFile.Name);
        File.WriteAllText(path, "{\n  \"more\": \"" + new string('x', 200_000) + "\"," + File.ReadAllText(path)[1..]);

        RunArchive.Glance(run).Suite.ShouldBe("sample");
    }

    [Fact]
    public void Runs_are_found_below_a_folder_but_not_inside_one_another()
    {
        MakeRun("runs/a");
        MakeRun("runs/deep/er/b");
        MakeRun("runs/a/inner");
        MakeRun("runs/too/deep/to/look/c");

        RunArchive.Find(folder.Path).Select(run => Path.GetRelativePath(folder.Path, run).Replace('\\', '/')).Order().ShouldBe(["runs/a", "runs/deep/er/b"]);
    }

    /// <summary>A result that was copied out of its run lies among a project's tests and samples.</summary>
    [Fact]
    public void A_result_alone_is_listed_only_where_its_folder_is_named()
    {
        MakeRun("a");
        var copy = Make("tests/fixtures");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, "other")).FullName, "plan.json"), "{\"plan\": 1}");

        RunArchive.Find(folder.Path).ShouldHaveSingleItem().ShouldEndWith("a");
        RunArchive.Find(copy).ShouldBe([copy]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"runId\": 3}")]
    [InlineData("{\"runId\": \"x\", \"baseline\": {\"na")]
    [InlineData("{\"runId\": \"x\", \"counts\": {\"planned\": 9, \"scored\": 1, \"unscored\": 1, \"pending\": 1, \"unscoredReasons\": []}}")]
    public void A_damaged_result_is_told_with_its_folder(string content)
    {
        var run = Make("runs/a");
        File.WriteAllText(Path.Combine(run, AuditFile.Name), content);

        Should.Throw<RunException>(() => RunArchive.Glance(run)).Message.ShouldStartWith($"The run in '{run}' cannot be read: {Path.Combine(run, AuditFile.Name)} ");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Deleting_takes_what_was_written_and_leaves_what_was_not(bool shreds)
    {
        var run = MakeRun("runs/a");
        foreach (var (name, content) in new[]
        {
            ("settings.json", "{\"format\": \"plumbline.settings/1\"}"),
            ("report.html", "<!DOCTYPE html><html><head><meta name=\"generator\" content=\"Plumbline\">"),
            ("report.junit.xml", "<?xml version=\"1.0\"?>\n<testsuites name=\"Plumbline: a against b\">"),
            ("report.sarif", "{\"driver\": {\n\"name\": \"Plumbline\""),
            ("report.json", "{\"format\": \"plumbline.report/1\"}"),
            ("audit.json.4711.tmp", "{\"format\": \"plumbline.audit/1\", \"x"),
            ("derived.json", "{\"format\": \"plumbline.derived/1\"}"),
            ("compare.md", "<!-- plumbline:audit -->\n"),
            ("prepared.jsonl", "{\"sum\":\"0123456789abcdef\",\"record\":{\"type\":\"opened\",\"at\":\"x\",\"format\":\"plumbline.run/1\""),
            ("run.lock", ""),
            ("journal/000002.jsonl", "{\"crc\":\"0123"),
            ("journal/000003.jsonl", ""),
        })
            File.WriteAllText(Path.Combine(run, name), content);

        string[] mine = ["draft.tmp", "journal/2026.jsonl", "labels.csv", "notes.txt", "report.docx", "report.md"];
        foreach (var name in mine)
            File.WriteAllText(Path.Combine(run, name), "mine");

        RunRemoval.Delete(run, shreds).ShouldBe(mine);

        mine.ShouldAllBe(name => File.ReadAllText(Path.Combine(run, name)) == "mine");
        Directory.GetFiles(run, "*", SearchOption.AllDirectories).Length.ShouldBe(mine.Length);
        Should.Throw<RunException>(() => RunRemoval.Delete(run, shreds)).Message.ShouldContain("nothing was deleted");
    }

    /// <summary>Names like these are other programs' too, and a result is copied to where somebody works with it.</summary>
    [Theory]
    [InlineData("{\"format\":\"plumbline.audit/1\"}")]
    [InlineData(null)]
    public void A_copied_result_does_not_make_a_folder_of_the_users_own_a_run(string? result)
    {
        File.WriteAllText(Path.Combine(folder.Path, AuditFile.Name), result ?? File.ReadAllText(Golden));
        (string Name, string Content)[] own = [("settings.json", "{\"theme\": \"dark\"}"), ("report.html", "<h1>my own page</h1>"), ("run.lock", "x"), ("plan.json", "{\"plan\": 1}")];
        foreach (var (name, content) in own)
            File.WriteAllText(Path.Combine(folder.Path, name), content);

        Should.Throw<RunException>(() => RunRemoval.Delete(folder.Path, shreds: false)).Message.ShouldContain("Nothing was deleted. Look into it");
        File.Exists(Path.Combine(folder.Path, AuditFile.Name)).ShouldBeTrue();

        // With a plan that was copied too, only what shows that it is ours goes.
        File.Copy(Path.Combine(MakeRun("real"), "plan.json"), Path.Combine(folder.Path, "plan.json"), overwrite: true);
        Directory.Delete(Path.Combine(folder.Path, "real"), recursive: true);
        RunRemoval.Delete(folder.Path, shreds: true).ShouldBe(["report.html", "run.lock", "settings.json"]);
        own[..3].ShouldAllBe(file => File.ReadAllText(Path.Combine(folder.Path, file.Name)) == file.Content);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_run_of_somebody_elses_links_to_is_neither_deleted_nor_overwritten(bool shreds)
    {
        var run = MakeRun("runs/a");
        var key = Path.Combine(folder.Path, "key.jsonl");
        File.WriteAllText(key, "mine");
        File.CreateSymbolicLink(Path.Combine(run, "report.html"), key);
        Directory.Delete(Path.Combine(run, "journal"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(run, "journal"), folder.Path);

        RunRemoval.Delete(run, shreds).ShouldBe(["journal"]);

        File.ReadAllText(key).ShouldBe("mine");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//.")]
    public void Of_a_link_to_a_run_only_the_link_goes(string end)
    {
        var run = MakeRun("runs/a");
        var link = Path.Combine(folder.Path, "latest");
        Directory.CreateSymbolicLink(link, run);
        var files = Directory.GetFiles(run, "*", SearchOption.AllDirectories);

        RunRemoval.Delete(link + end, shreds: true).ShouldBeEmpty();

        Path.Exists(link).ShouldBeFalse();
        new FileInfo(link).LinkTarget.ShouldBeNull();
        Directory.GetFiles(run, "*", SearchOption.AllDirectories).ShouldBe(files);
    }

    [Fact]
    public void The_files_that_a_run_is_are_known_wherever_they_are_named_from()
    {
        var run = MakeRun("runs/a");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "latest"), run);
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "answers"), Path.Combine(run, "journal"));
        string[] ofRun = ["runs/a/plan.json", "runs/a/journal/000001.jsonl", "runs/a/journal/report.md", "runs/a/journal/new/x.csv", "runs/a/audit.json", "runs/a/derived.json", "runs/a/settings.json", "runs/a/run.lock", "latest/audit.json",
            "answers/000001.jsonl", "runs/b/../a/plan.json"];
        string[] others = ["runs/a/report.html", "runs/a/cases.csv", "runs/plan.json", "journal/x.csv", "audit.json", "runs/a/sub/plan.json"];

        ofRun.ShouldAllBe(path => RunSite.IsOfRun(Path.Combine(folder.Path, path)));
        others.ShouldAllBe(path => !RunSite.IsOfRun(Path.Combine(folder.Path, path)));
    }

    /// <summary>A run that cannot be read holds harmful answers all the same.</summary>
    [Theory]
    [InlineData("plan.json", "{\n  \"format\": \"plumbline.run/1\",\n  \"cases\": [{")]
    [InlineData("journal/000001.jsonl", "{\"sum\":\"0123456789abcdef\",\"record\":{\"type\":\"opened\",\"at\":\"x\",\"format\":\"plumbline.run/1\"")]
    [InlineData("journal/000002.jsonl", "{\"sum\":\"0123456789abcdef\",\"record\":{\"type\":\"opened\",\"at\":\"x\",\"format\":\"plumbline.run/7\"")]
    public void A_damaged_run_is_deleted_where_one_file_shows_that_it_is_one(string name, string content)
    {
        var run = Path.Combine(folder.Path, "run");
        Directory.CreateDirectory(Path.Combine(run, "journal"));
        foreach (var file in new[] { "plan.json", "audit.json", "settings.json", "report.html", "journal/000001.jsonl" })
            File.WriteAllText(Path.Combine(run, file), "\0\0");
        File.WriteAllText(Path.Combine(run, name), content);

        RunRemoval.Delete(run, shreds: true).ShouldBeEmpty();

        Directory.Exists(run).ShouldBeFalse();
    }

    [Fact]
    public void A_run_that_lost_its_plan_and_its_result_is_deleted_and_a_segment_with_a_damaged_start_is_known_by_any_line()
    {
        var run = MakeRun("run");
        File.Delete(Path.Combine(run, "plan.json"));
        File.Delete(Path.Combine(run, AuditFile.Name));
        File.WriteAllText(Path.Combine(run, "settings.json"), "{\"format\": \"plumbline.settings/1\"}");
        var segment = Path.Combine(run, "journal", "000001.jsonl");
        File.WriteAllBytes(segment, [0, 0, (byte)'\n', .. File.ReadAllBytes(segment), .. "torn"u8]);

        RunRemoval.Delete(run, shreds: true).ShouldBeEmpty();

        Directory.Exists(run).ShouldBeFalse();
    }

    /// <summary>It is paid for, and may hold what somebody wants gone, though there is no plan yet.</summary>
    [Fact]
    public void What_was_answered_before_there_was_a_plan_is_deleted_and_gone_on_with_and_a_file_of_that_name_is_not()
    {
        var run = Path.Combine(folder.Path, "begun");
        Directory.CreateDirectory(run);
        var prepared = Path.Combine(run, "prepared.jsonl");
        File.WriteAllText(Path.Combine(run, "run.lock"), "");
        File.WriteAllText(prepared, "{\"my\": \"own\"}\n");
        RunSite.Strangers(run).ShouldBe(["prepared.jsonl"]);
        Should.Throw<RunException>(() => RunRemoval.Delete(run, shreds: true)).Message.ShouldContain("othing was deleted");

        File.WriteAllBytes(prepared, File.ReadAllBytes(Path.Combine(MakeRun("run"), "journal", "000001.jsonl")));

        RunSite.Strangers(run).ShouldBeEmpty();
        RunSite.IsOfRun(prepared).ShouldBeTrue();
        RunRemoval.Delete(run, shreds: true).ShouldBeEmpty();
        Directory.Exists(run).ShouldBeFalse();
    }

    /// <summary>Other programs have files of these names too.</summary>
    [Theory]
    [InlineData("{\"auditReportVersion\": 2}")]
    [InlineData("{\"format\": \"someone.elses/1\"}")]
    [InlineData("{\"format\": 3}")]
    [InlineData("not even JSON")]
    public void A_folder_of_the_users_own_is_never_taken_for_a_damaged_run(string content)
    {
        string[] own = ["plan.json", "audit.json", "settings.json", "report.html", "journal/2026.jsonl"];
        Directory.CreateDirectory(Path.Combine(folder.Path, "journal"));
        foreach (var file in own)
            File.WriteAllText(Path.Combine(folder.Path, file), content);

        Should.Throw<RunException>(() => RunRemoval.Delete(folder.Path, shreds: true)).Message.ShouldContain("Nothing was deleted. Look into it");

        own.ShouldAllBe(file => File.ReadAllText(Path.Combine(folder.Path, file)) == content);
    }

    [Fact]
    public void A_dangling_link_is_taken_away_and_a_pipe_is_left()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Windows has no pipes among its files.");
        var run = MakeRun("runs/a");
        File.CreateSymbolicLink(Path.Combine(run, "report.html"), Path.Combine(run, "gone"));
        File.Delete(Path.Combine(run, "plan.json"));
        foreach (var name in new[] { "report.md", "plan.json" })
        {
            using var make = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(run, name)]);
            make.WaitForExit();
        }

        RunRemoval.Delete(run, shreds: true).ShouldBe(["plan.json", "report.md"]);
    }

    [Fact]
    public void An_audit_may_write_into_an_empty_folder_and_a_runs_own_only()
    {
        var other = Path.Combine(folder.Path, "other");
        RunSite.Strangers(other).ShouldBeEmpty("there is none");
        Directory.CreateDirectory(Path.Combine(other, "journal"));
        File.WriteAllText(Path.Combine(other, ".gitkeep"), "");
        File.WriteAllText(Path.Combine(other, "run.lock"), "");
        File.WriteAllText(Path.Combine(other, "plan.json.4711.tmp"), "{");
        File.WriteAllText(Path.Combine(other, "settings.json"), "{\"format\": \"plumbline.settings/1\"}");
        RunSite.Strangers(other).ShouldBeEmpty("an audit that was killed before it had planned leaves this");

        File.WriteAllText(Path.Combine(other, "settings.json"), "{\"editor.tabSize\": 2}");
        File.WriteAllText(Path.Combine(other, "report.html"), "mine");
        RunSite.Strangers(other).ShouldBe(["report.html", "settings.json"]);
        RunSite.Strangers(Make("runs/copied")).ShouldBe(["audit.json"], "a result without its run is not gone on with");

        File.WriteAllText(Path.Combine(other, "plan.json"), "{}");
        RunSite.Strangers(other).ShouldBeEmpty("a plan is looked at by whoever opens the run");
    }

    [Fact]
    public void A_run_that_a_process_works_on_is_not_deleted()
    {
        var run = MakeRun("runs/a");
        using var held = RunFolder.Open(run);

        Should.Throw<RunException>(() => RunRemoval.Delete(run, shreds: false));

        File.Exists(Path.Combine(run, AuditFile.Name)).ShouldBeTrue();
    }

    [Fact]
    public void A_folder_that_holds_no_run_is_never_deleted()
    {
        File.WriteAllText(Path.Combine(folder.Path, "report.html"), "mine");

        Should.Throw<RunException>(() => RunRemoval.Delete(folder.Path, shreds: false));

        File.Exists(Path.Combine(folder.Path, "report.html")).ShouldBeTrue();
    }

    [Fact]
    public void A_table_has_a_row_a_case_and_shows_what_may_be_shown()
    {
        var audit = AuditFile.Read(Golden);
        var csv = new StringWriter();
        var lines = new StringWriter();

        RunTable.WriteCsv(audit, (_, side) => side.Score?.Harmfulness > 0, csv);
        RunTable.WriteJsonLines(audit, (_, _) => false, lines);

        csv.ToString().ShouldContain("(masked)");
        csv.ToString().ShouldNotContain("Take it");
        lines.ToString().TrimEnd().Split('\n').Length.ShouldBe(audit.Cases.Count);
        lines.ToString().ShouldContain("Take it");
        lines.ToString().ShouldContain("\"candidate_harmfulness\":3");
    }

    string Make(string name)
    {
        var run = Path.Combine(folder.Path, name);
        Directory.CreateDirectory(run);
        File.Copy(Golden, Path.Combine(run, AuditFile.Name));
        return run;
    }

    string MakeRun(string name)
    {
        var run = Make(name);
        Directory.CreateDirectory(Path.Combine(run, "journal"));
        File.WriteAllText(Path.Combine(run, "plan.json"), "{\n  \"format\": \"plumbline.run/1\",\n  \"cases\": []\n}");
        File.WriteAllBytes(Path.Combine(run, "journal", "000001.jsonl"), JournalLine.Write(new OpenedRecord(DateTimeOffset.UnixEpoch, RunPlan.CurrentFormat, "0123", "0.1")));
        return run;
    }
}
