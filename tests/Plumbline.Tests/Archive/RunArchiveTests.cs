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
        Make("runs/a");
        Make("runs/deep/er/b");
        Make("runs/a/inner");

        RunArchive.Find(folder.Path).Select(run => Path.GetRelativePath(folder.Path, run).Replace('\\', '/')).Order().ShouldBe(["runs/a", "runs/deep/er/b"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"runId\": 3}")]
    [InlineData("{\"runId\": \"x\", \"baseline\": {\"na")]
    public void A_damaged_result_is_told_with_its_folder(string content)
    {
        var run = Make("runs/a");
        File.WriteAllText(Path.Combine(run, AuditFile.Name), content);

        Should.Throw<RunException>(() => RunArchive.Glance(run)).Message.ShouldStartWith($"The run in '{run}' cannot be read");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Deleting_takes_what_was_written_and_leaves_what_was_not(bool shreds)
    {
        var run = Make("runs/a");
        foreach (var name in new[] { "plan.json", "settings.json", "report.html", "report.junit.xml", "audit.json.4711.tmp", "compare.md", "journal/000001.jsonl" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(run, name))!);
            File.WriteAllText(Path.Combine(run, name), "secret");
        }

        string[] mine = ["draft.tmp", "labels.csv", "notes.txt", "report.docx"];
        foreach (var name in mine)
            File.WriteAllText(Path.Combine(run, name), "mine");

        RunRemoval.Delete(run, shreds).ShouldBe(mine);

        Directory.GetFileSystemEntries(run).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(mine);
        Should.Throw<RunException>(() => RunRemoval.Delete(run, shreds)).Message.ShouldContain("nothing was deleted");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_run_of_somebody_elses_links_to_is_neither_deleted_nor_overwritten(bool shreds)
    {
        var run = Make("runs/a");
        var key = Path.Combine(folder.Path, "key.jsonl");
        File.WriteAllText(key, "mine");
        File.CreateSymbolicLink(Path.Combine(run, "report.html"), key);
        Directory.CreateSymbolicLink(Path.Combine(run, "journal"), folder.Path);

        RunRemoval.Delete(run, shreds).ShouldBe(["journal"]);

        File.ReadAllText(key).ShouldBe("mine");
    }

    /// <summary>A run that cannot be read holds harmful answers all the same.</summary>
    [Theory]
    [InlineData("plan.json", "{\n  \"format\": \"plumbline.run/1\",\n  \"cases\": [{")]
    [InlineData("audit.json", "{\"format\": \"plumbline.audit/1\", \"baseline\": ")]
    [InlineData("settings.json", "{\"format\": \"plumbline.settings/1\"")]
    [InlineData("journal/000001.jsonl", "{\"sum\":\"0123456789abcdef\",\"record\":{\"type\":\"opened\",\"at\":\"x\",\"format\":\"plumbline.run/1\"")]
    [InlineData("journal/000002.jsonl", "{\"sum\":\"0123456789abcdef\",\"record\":{\"type\":\"opened\",\"at\":\"x\",\"format\":\"plumbline.run/7\"")]
    public void A_damaged_run_is_deleted_where_one_file_shows_that_it_is_one(string name, string content)
    {
        var run = Path.Combine(folder.Path, "run");
        Directory.CreateDirectory(Path.Combine(run, "journal"));
        foreach (var file in new[] { "plan.json", "audit.json", "settings.json", "report.html", "journal/000001.jsonl" })
            File.WriteAllText(Path.Combine(run, file), "\0\0 damaged");
        File.WriteAllText(Path.Combine(run, name), content);

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
        var run = Make("runs/a");
        File.CreateSymbolicLink(Path.Combine(run, "report.html"), Path.Combine(run, "gone"));
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
        var run = Make("runs/a");
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
}
