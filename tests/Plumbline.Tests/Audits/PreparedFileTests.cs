using Plumbline.Audits;
using Plumbline.Costs;
using Plumbline.Runs;
using Shouldly;
using static Plumbline.Tests.Audits.SmallAudit;
using static Plumbline.Tests.Audits.Preparations;

namespace Plumbline.Tests.Audits;

/// <summary>What <c>prepared.jsonl</c> is worth once there is a plan, and where it is damaged, a copy, or another run's.</summary>
public sealed class PreparedFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    string Prepared => Path.Combine(folder.Path, "prepared.jsonl");

    public void Dispose() => folder.Dispose();

    /// <summary>A run that is stopped when everything is prepared and the baseline has answered three cases.</summary>
    async Task StopsAmongCasesAsync()
    {
        var (_, request) = Budgeted(30);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var answers = 0;
        var stopping = request with { Baseline = request.Baseline with { Client = new ScriptedClient(_ =>
        {
            if (++answers == 3) stop.Cancel();
            return Cost(ScriptedClient.Response("4 0 0"));
        }) } };
        await Should.ThrowAsync<OperationCanceledException>(() => Run(stopping, folder.Path, stop.Token));
    }

    /// <summary>A kill between the usage's first record in the journal and the file's end.</summary>
    [Fact]
    public async Task What_stands_in_both_files_is_counted_once()
    {
        await StopsAmongCasesAsync();
        File.Exists(Prepared).ShouldBeTrue();
        (File.ReadAllText(Path.Combine(folder.Path, "journal", "000001.jsonl")).Split('\n').Count(line => line.Contains("\"beforePlan\":true"))).ShouldBe(1);

        var (helper, again) = Budgeted(30);
        var document = await Run(again, folder.Path, Token);

        helper.Asked.ShouldBeEmpty();
        document.Cost!.Lines.Single(line => line.Spender == Spender.Helper).Calls.ShouldBe(20);

        // And where the kill came before it: the plan stands, and the journal knows nothing.
        using var other = new TemporaryFolder();
        var (paid, whole) = Budgeted(30);
        using var early = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Should.ThrowAsync<OperationCanceledException>(() => Run(
            whole with { Baseline = whole.Baseline with { Client = new ScriptedClient(_ => throw Cancelled(early)) }, Candidate = whole.Candidate with { Client = new ScriptedClient(_ => throw Cancelled(early)) } }, other.Path, early.Token));
        Directory.Delete(Path.Combine(other.Path, "journal"), recursive: true);
        (await Run(Budgeted(30).Request, other.Path, Token)).Cost!.Lines.Single(line => line.Spender == Spender.Helper).Calls.ShouldBe(20);
        paid.Asked.Count.ShouldBe(20);
    }

    /// <summary>Once cases are asked all that it cost stands in the journal: its damage keeps no answers from being gone on with.</summary>
    [Theory]
    [InlineData("damaged")]
    [InlineData("other")]
    [InlineData("folder")]
    public async Task Damage_of_what_nobody_needs_any_more_ends_no_run(string damage)
    {
        await StopsAmongCasesAsync();
        var whole = File.ReadAllBytes(Prepared);
        File.Delete(Prepared);
        if (damage == "folder")
            Directory.CreateDirectory(Prepared);
        else
            File.WriteAllBytes(Prepared, damage == "damaged" ? [.. whole[..300], (byte)'x', .. whole[301..]] : whole[(Array.IndexOf(whole, (byte)'\n') + 1)..]);

        var (helper, again) = Budgeted(30);
        var document = await Run(again, folder.Path, Token);

        helper.Asked.ShouldBeEmpty();
        document.Counts.Pending.ShouldBe(0);
        document.Cost!.Lines.Single(line => line.Spender == Spender.Helper).Calls.ShouldBe(20);
        File.Exists(Prepared).ShouldBeFalse();
    }

    /// <summary>What another run paid for is none of this one's costs, whatever this one asked before it was planned.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_preparation_of_another_run_is_refused_and_stays(bool isPrepared)
    {
        var request = isPrepared ? Budgeted(30).Request : Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 0 0"), Prompts(4));
        var document = await Run(request, folder.Path, Token);
        using var other = new TemporaryFolder();
        await Should.ThrowAsync<BudgetReachedException>(() => Run(Budgeted(8).Request, other.Path, Token));
        File.Copy(Path.Combine(other.Path, "prepared.jsonl"), Prepared);

        var refusal = await Should.ThrowAsync<RunException>(() => Run(isPrepared ? Budgeted(30).Request : request, folder.Path, Token));

        refusal.Message.ShouldContain("prepared.jsonl belongs to another run: " + (isPrepared ? "it does not begin as the file that this one was planned from" : "before this one was planned, nothing was asked"));
        File.Exists(Prepared).ShouldBeTrue();
        File.Delete(Prepared);
        (await Run(isPrepared ? Budgeted(30).Request : request, folder.Path, Token)).Cost!.Lines.ShouldBe(document.Cost!.Lines);
    }

    [Fact]
    public async Task A_preparation_that_holds_a_copy_of_itself_is_refused()
    {
        await StopsAtAsync(budget: 4);
        await StopsAtAsync(budget: 8);
        var lines = File.ReadAllLines(Prepared);
        lines.Length.ShouldBe(2 + 8);
        File.WriteAllLines(Prepared, [.. lines, .. lines[5..]]);

        (await Should.ThrowAsync<RunException>(() => Run(Budgeted(30).Request, folder.Path, Token))).Message.ShouldContain("prepared.jsonl, line 11: what begins there is a copy of what begins at line 6");

        File.WriteAllLines(Prepared, lines);
        (await StopsAtAsync(budget: 8)).Helper.Asked.ShouldBeEmpty();

        // A copy that lost its first line, as from tail -n +2, and one of a single answer in the middle.
        File.WriteAllLines(Prepared, [.. lines, .. lines[1..5]]);
        (await Should.ThrowAsync<RunException>(() => Run(Budgeted(30).Request, folder.Path, Token))).Message.ShouldContain("prepared.jsonl, line 11: is a copy of line 2: the very same answer, of the same time");
        File.WriteAllLines(Prepared, [.. lines[..9], lines[8], .. lines[9..]]);
        (await Should.ThrowAsync<RunException>(() => Run(Budgeted(30).Request, folder.Path, Token))).Message.ShouldContain("prepared.jsonl, line 10: is a copy of line 9: the very same answer");
    }

    [Fact]
    public async Task A_torn_end_is_cut_off_and_damage_is_told()
    {
        await StopsAtAsync(budget: 8);
        var whole = File.ReadAllBytes(Prepared);
        File.WriteAllBytes(Prepared, whole[..^5]);

        (await StopsAtAsync(budget: 8)).Helper.Asked.Count.ShouldBe(1, "the eighth is asked for again");
        File.WriteAllBytes(Prepared, [.. whole[..^5], (byte)'x', .. whole[^4..]]);
        (await Should.ThrowAsync<RunException>(() => Run(Budgeted(30).Request, folder.Path, Token))).Message.ShouldContain("prepared.jsonl, line 9: the line is damaged");
        File.WriteAllBytes(Prepared, [.. whole[..300], (byte)'x', .. whole[301..]]);
        (await Should.ThrowAsync<RunException>(() => Run(Budgeted(30).Request, folder.Path, Token))).Message.ShouldContain("prepared.jsonl, line 2: the line is damaged");
        File.WriteAllText(Prepared, "");
        (await StopsAtAsync(budget: 8)).Helper.Asked.Count.ShouldBe(8, "an empty file holds nothing");
        File.ReadLines(Prepared).Count().ShouldBe(9);
        File.WriteAllLines(Prepared, [.. File.ReadAllLines(Prepared).Skip(1)]);
        (await Should.ThrowAsync<RunException>(() => Run(Budgeted(30).Request, folder.Path, Token))).Message.ShouldContain("prepared.jsonl, line 1: such a record does not belong there");
        File.Delete(Prepared);
        Directory.CreateDirectory(Prepared);
        (await Should.ThrowAsync<RunException>(() => Run(Budgeted(30).Request, folder.Path, Token))).Message.ShouldContain("is no file");
    }

    Task<(ScriptedClient Helper, BudgetReachedException Reached)> StopsAtAsync(decimal budget) => Preparations.StopsAtAsync(folder.Path, budget, Token);
}
