using Plumbline.Cases;
using Plumbline.Runs;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Runs;

public sealed class RunFolderTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_is_held_by_one_at_a_time_and_given_back()
    {
        using (RunFolder.Open(folder.Path))
            Should.Throw<RunException>(() => RunFolder.Open(folder.Path)).Message.ShouldContain("Another process");

        RunFolder.Open(folder.Path).Dispose();
    }

    [Fact]
    public async Task Whether_it_is_held_is_seen_and_looking_is_in_nobodys_way()
    {
        RunFolder.IsHeld(Path.Combine(folder.Path, "missing")).ShouldBeFalse();
        using (RunFolder.Open(folder.Path))
            RunFolder.IsHeld(folder.Path).ShouldBeTrue();
        RunFolder.IsHeld(folder.Path).ShouldBeFalse();

        using var enough = new CancellationTokenSource();
        var looking = Task.Run(() =>
        {
            while (!enough.IsCancellationRequested)
                RunFolder.IsHeld(folder.Path);
        }, TestContext.Current.CancellationToken);
        for (var opened = 0; opened < 200; opened++)
            RunFolder.Open(folder.Path).Dispose();
        await enough.CancelAsync();
        await looking;
    }

    [Fact(Timeout = 10_000)]
    public async Task A_pipe_in_the_place_of_its_lock_keeps_nobody_waiting()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Windows has no pipes among its files.");
        using (var make = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(folder.Path, "run.lock")]))
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);

        (await Task.Run(() => RunFolder.IsHeld(folder.Path), TestContext.Current.CancellationToken)).ShouldBeFalse();
        Should.Throw<RunException>(() => RunFolder.Open(folder.Path)).Message.ShouldContain("is a named pipe in the place of");
    }

    [Fact]
    public void A_plan_of_another_version_or_no_plan_at_all_is_refused_with_the_file_s_name()
    {
        using var run = RunFolder.Open(folder.Path);
        run.ReadPlan().ShouldBeNull();

        folder.File("plan.json", "{\"format\": \"plumbline.run/1\"");
        Should.Throw<RunException>(() => run.ReadPlan()).Message.ShouldContain("plan.json");

        folder.File("plan.json", "[]");
        Should.Throw<RunException>(() => run.ReadPlan()).Message.ShouldContain("plan.json");
    }

    /// <summary>A case is named by its content when it is planned, and its answers by the case: a question that was changed since is not the one that was
    /// answered.</summary>
    [Theory]
    [InlineData("harmful request 3", "harmful request 9")]
    [InlineData("\"maxOutputTokens\": 512", "\"maxOutputTokens\": 513")]
    [InlineData("\"sum\": \"", "\"sum\": \"0")]
    [InlineData("\n}\n", "\n}")]
    [InlineData("\n", "\r\n")]
    public async Task A_plan_that_was_changed_after_it_was_made_is_refused(string before, string after)
    {
        var plan = await PlannedAsync();
        var text = await File.ReadAllTextAsync(plan, TestContext.Current.CancellationToken);
        text.ShouldContain(before);
        await File.WriteAllTextAsync(plan, text.Replace(before, after, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        using var run = RunFolder.Open(folder.Path);
        Should.Throw<RunException>(() => run.ReadPlan()).Message.ShouldContain("plan.json was changed after the run was planned");
        Should.Throw<RunException>(() => RunFolder.Look(folder.Path)).Message.ShouldContain("plan.json was changed after the run was planned");
    }

    /// <summary>The file was opened to be read by its lines, and again by its content: whoever is refused holds neither.</summary>
    [Theory]
    [InlineData("harmful request 3", "harmful request 9")]
    [InlineData("plumbline.run/1", "plumbline.run/9")]
    [InlineData("\"cases\": [", "\"other\": [")]
    public async Task A_plan_that_is_refused_is_let_go_at_once(string was, string becomes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux lists what a process holds open");
        var plan = await PlannedAsync();
        var text = await File.ReadAllTextAsync(plan, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(plan, text.Replace(was, becomes, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        // Of the run that planned it, lists may be held that nobody has collected yet.
        var before = Held();
        Should.Throw<RunException>(() => RunFolder.Look(folder.Path));

        Held().ShouldBeLessThanOrEqualTo(before);

        int Held() => Directory.GetFileSystemEntries("/proc/self/fd").Count(fd => new FileInfo(fd).LinkTarget == plan);
    }

    [Fact]
    public async Task A_plan_of_a_version_without_a_sum_is_read_as_ever()
    {
        var plan = await PlannedAsync();
        var text = await File.ReadAllTextAsync(plan, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(plan, text[..text.IndexOf(",\n  \"sum\"", StringComparison.Ordinal)] + "\n}", TestContext.Current.CancellationToken);

        using var run = RunFolder.Open(folder.Path);
        run.RequirePlan().Sum.ShouldBeNull();
        run.RequirePlan().Cases.Count.ShouldBe(8);
    }

    /// <summary>Without a sum a plan is held against the names of its cases, which are hashes of what they hold.</summary>
    [Theory]
    [InlineData("\"text\":\"harmful request 3\"", "\"text\":\"harmful request 9\"", "case '")]
    [InlineData("\"content\":\"harmful request 3\"", "\"content\":\"harmful request 9\"", "case '")]
    [InlineData("\"attack\":\"none\",\"repeat\":0", "\"attack\":\"none\",\"repeat\":1", "case '")]
    [InlineData("\"temperature\": \"0\"", "\"temperature\": \"1\"", "its runId is not that of its request")]
    public async Task A_plan_that_was_changed_is_refused_without_its_sum_too(string before, string after, string told)
    {
        var plan = await PlannedAsync();
        var text = await File.ReadAllTextAsync(plan, TestContext.Current.CancellationToken);
        text.ShouldContain(before);
        var bare = text[..text.IndexOf(",\n  \"sum\"", StringComparison.Ordinal)].Replace(before, after, StringComparison.Ordinal);
        foreach (var end in new[] { "\n}", ",\n  \"sum\": null\n}\n" })
        {
            await File.WriteAllTextAsync(plan, bare + end, TestContext.Current.CancellationToken);

            var refusal = Should.Throw<RunException>(() => RunFolder.Look(folder.Path)).Message;
            refusal.ShouldContain("plan.json was changed after the run was planned");
            refusal.ShouldContain(told);
        }
    }

    /// <summary>Every kind of case that attacks make is named in one way.</summary>
    [Fact]
    public async Task A_plan_of_many_attacks_without_a_sum_is_read()
    {
        var request = SmallAudit.Request(ScriptedClient.Saying(_ => "no"), ScriptedClient.Saying(_ => "no"), SmallAudit.Prompts(2, lookalike: 1), "none", "base64", "best_of_n:3", "decoding_top_p:0.5,0.9", "prefix_injection");
        await SmallAudit.Run(request with { Sampling = new Sampling(Repeats: 2, SystemPrompt: "Be kind. \ud83d"), ProbesEncodings = false }, folder.Path, TestContext.Current.CancellationToken);
        var plan = Path.Combine(folder.Path, "plan.json");
        var text = await File.ReadAllTextAsync(plan, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(plan, text[..text.IndexOf(",\n  \"sum\"", StringComparison.Ordinal)] + "\n}", TestContext.Current.CancellationToken);

        RunFolder.Look(folder.Path).Plan.Cases.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task The_sum_is_that_of_the_bytes_before_it()
    {
        var bytes = await File.ReadAllBytesAsync(await PlannedAsync(), TestContext.Current.CancellationToken);
        var before = bytes.AsSpan().LastIndexOf(",\n  \"sum\""u8);

        using var run = RunFolder.Open(folder.Path);
        run.RequirePlan().Sum.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.AsSpan(0, before))));
    }

    async Task<string> PlannedAsync()
    {
        await SmallAudit.Run(SmallAudit.Request(ScriptedClient.Saying(_ => "no"), ScriptedClient.Saying(_ => "no"), SmallAudit.Prompts(8)), folder.Path, TestContext.Current.CancellationToken);
        return Path.Combine(folder.Path, "plan.json");
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_not_said_to_be_in_use()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "run.lock"));

        Should.Throw<RunException>(() => RunFolder.Open(folder.Path)).Message.ShouldNotContain("Another process");
    }

    [Fact]
    public void A_path_that_is_a_file_is_refused() =>
        Should.Throw<RunException>(() => RunFolder.Open(folder.File("taken", ""))).Message.ShouldContain("-o");
}
