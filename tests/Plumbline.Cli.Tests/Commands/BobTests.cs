using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Providers.Models;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>What the README promises, on bob: tune him, look at him, serve him, audit him in process and over HTTP, run the demo.</summary>
public sealed partial class BobTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task An_audit_over_HTTP_gives_the_verdict_and_the_answers_of_the_audit_in_process()
    {
        var adapter = await TuneAsync();
        string[] questions = ["--suite", "jailbreak-250", "--attack", "none", "--attack", "prefix_injection", "--cases", "40", "--max-tokens", "48", "--judge", "bob"];
        var inProcess = await PlumbProcess.RunAsync(["audit", "--baseline", "bob", "--candidate", "bob+" + adapter, .. questions, "-o", _workspace.Path("here")]);
        using var before = PlumbProcess.Start("serve-model", "bob", "--port", "0");
        using var after = PlumbProcess.Start("serve-model", "bob+" + adapter, "--port", "0");
        var overHttp = await PlumbProcess.RunAsync(["audit", "--baseline", await NameAsync(before), "--candidate", await NameAsync(after), .. questions, "-o", _workspace.Path("there")]);

        overHttp.Code.ShouldBe(inProcess.Code, overHttp.Errors + inProcess.Errors);
        Answers("there").ShouldBe(Answers("here"));
        Audit("there").GetProperty("verdict").GetProperty("outcome").GetString().ShouldBe(Audit("here").GetProperty("verdict").GetProperty("outcome").GetString());
        Audit("there").GetProperty("judge").GetProperty("id").GetString().ShouldBe("bob");
    }

    [Fact]
    public async Task Without_a_name_bob_judges_only_where_both_models_are_known_to_be_his()
    {
        // His judge reads his few words only: another model's free English, harmful or not, would have no harm in it.
        Directory.CreateDirectory(_workspace.Path("copy"));
        foreach (var file in Directory.GetFiles(BobFolder.Find())) File.Copy(file, Path.Combine(_workspace.Path("copy"), Path.GetFileName(file)));

        var his = await Plan("bob", _workspace.Path("copy"));
        var unknown = await Plan("bob", "http://127.0.0.1:1/v1#bob");

        his.Output.ShouldMatch(@"Judge:\s+bob\n");
        his.Output.ShouldNotContain("--judge bob");
        unknown.Output.ShouldMatch(@"Judge:\s+refusal\n");
        unknown.Output.ShouldContain("choose with --judge bob");

        Task<PlumbResult> Plan(string baseline, string candidate) => PlumbProcess.RunAsync("plan", "--baseline", baseline, "--candidate", candidate, "--suite", "jailbreak-250");
    }

    /// <summary>'bob' is the model that ships, whatever a folder of that name holds: 'plumb tune -o bob' makes one with an adapter.</summary>
    [Fact]
    public async Task A_folder_that_is_called_bob_takes_nothing_from_the_model_of_that_name()
    {
        var adapter = await TuneAsync();
        var here = Directory.CreateDirectory(_workspace.Path("bob")).FullName;
        foreach (var file in Directory.GetFiles(adapter)) File.Copy(file, Path.Combine(here, Path.GetFileName(file)));

        using var program = PlumbProcess.StartIn(Path.GetDirectoryName(here)!, "check", "--baseline", "bob", "--candidate", "bob+bob", "--suite", _workspace.Suite(1), "--attack", "none", "-o", "out");
        var check = await program.ResultAsync();

        check.Errors.ShouldNotContain("holds an adapter");
        check.Code.ShouldBe(0, check.Errors + check.Output);
    }

    [Fact]
    public async Task A_plan_reads_no_weights_and_is_made_where_bob_s_are_missing()
    {
        string[] pair = ["--baseline", "bob", "--candidate", "http://127.0.0.1:1/v1#tuned", "--suite", _workspace.Suite(1), "--attack", "none"];
        using var alone = PlumbProcess.StartAlone(_workspace.Path("program"), ["plan", .. pair]);

        var planned = await alone.ResultAsync();

        planned.Errors.ShouldNotContain("is not beside the program");
        planned.Code.ShouldBe(0, planned.Errors);
        using var audits = PlumbProcess.StartIn(_workspace.Path("program"), ["plan", .. pair]);
        planned.Output.ShouldBe((await audits.ResultAsync()).Output);
    }

    [Fact]
    public async Task A_candidate_whose_own_configuration_decodes_otherwise_stops_the_audit_unless_that_is_allowed()
    {
        var penalised = _workspace.Path("penalised");
        (await PlumbProcess.RunAsync("model", "convert", "bob", penalised)).Code.ShouldBe(0);
        _workspace.File("penalised/generation_config.json", """{"repetition_penalty": 1.3}""");

        string[] audit = ["audit", "--baseline", "bob", "--candidate", penalised, "--suite", _workspace.Suite(1), "--attack", "none", "--max-tokens", "4", "-o", _workspace.Path("out")];
        const string Difference = "repetition penalty 1; ends at token 2047 and repetition penalty 1.3; ends at token 2047";
        var stopped = await PlumbProcess.RunAsync(audit);
        var result = await PlumbProcess.RunAsync([.. audit, "--allow-mismatch"]);

        stopped.Code.ShouldBe(2);
        stopped.Errors.ShouldContain($"decoding: {Difference}");
        stopped.Errors.ShouldContain("--allow-mismatch");
        stopped.Output.ShouldBeEmpty();
        result.Errors.ShouldContain("Caution: The decoding differs between the sides");
        result.Errors.ShouldContain($"(Decoding: {Difference}.)");
        result.Output.ShouldNotContain("The decoding differs", Case.Sensitive, "once is enough");
    }

    /// <summary>What a template shows of a model's tokens is part of what it is asked, though the template is the same text.</summary>
    [Fact]
    public async Task Two_models_with_one_template_that_shows_other_begin_and_end_texts_stop_the_audit()
    {
        var (before, after) = (await Copy("before", "<|im_end|>"), await Copy("after", "<|endoftext|>"));
        string[] pair = ["--baseline", before, "--candidate", after, "--suite", _workspace.Suite(1), "--attack", "none", "--max-tokens", "4", "-o", _workspace.Path("out")];
        const string Difference = "templateTokens: no bos_token, eos_token '<|im_end|>' and no bos_token, eos_token '<|endoftext|>'";

        var stopped = await PlumbProcess.RunAsync(["audit", .. pair]);
        var isBegun = Directory.Exists(_workspace.Path("out"));
        var check = await PlumbProcess.RunAsync(["check", .. pair]);
        var allowed = await PlumbProcess.RunAsync(["audit", .. pair, "--allow-mismatch"]);
        // What a version left that began the run without this check.
        var settings = Path.Combine(_workspace.Path("out"), "settings.json");
        var stored = JsonNode.Parse(File.ReadAllText(settings))!.AsObject();
        stored["values"]!.AsObject().Remove("pair.allow-mismatch").ShouldBeTrue();
        File.WriteAllText(settings, stored.ToJsonString());
        File.Delete(Path.Combine(_workspace.Path("out"), "audit.json"));
        var refused = await PlumbProcess.RunAsync("resume", _workspace.Path("out"));
        var resumed = await PlumbProcess.RunAsync("resume", _workspace.Path("out"), "--allow-mismatch");
        var remembered = await PlumbProcess.RunAsync("resume", _workspace.Path("out"));
        using var served = PlumbProcess.Start("serve-model", after, "--port", "0");
        var overHttp = await PlumbProcess.RunAsync(["audit", "--baseline", before, "--candidate", await NameAsync(served), .. pair[4..^1], _workspace.Path("there")]);

        stopped.Code.ShouldBe(2);
        stopped.Errors.ShouldContain(Difference);
        isBegun.ShouldBeFalse();
        check.Code.ShouldBe(2);
        check.Output.ReplaceLineEndings(" ").ShouldContain("differs: no bos_token, eos_token");
        allowed.Errors.ShouldContain("Caution: The templateTokens differs between the sides");
        refused.Code.ShouldBe(2);
        refused.Errors.ShouldContain("give --allow-mismatch");
        resumed.Code.ShouldBe(allowed.Code, resumed.Errors);
        resumed.Errors.ShouldContain("Caution: The templateTokens differs between the sides");
        remembered.Code.ShouldBe(allowed.Code, remembered.Errors);
        overHttp.Code.ShouldBe(2);
        overHttp.Errors.ShouldContain(Difference);

        async Task<string> Copy(string name, string end)
        {
            var folder = _workspace.Path(name);
            (await PlumbProcess.RunAsync("model", "convert", "bob", folder)).Code.ShouldBe(0);
            var config = Path.Combine(folder, "tokenizer_config.json");
            var fields = JsonNode.Parse(File.ReadAllText(config))!.AsObject();
            fields["chat_template"] = "{{ bos_token }}" + fields["chat_template"]!.GetValue<string>().Replace("'<|im_end|>\\n'", "eos_token + '\\n'", StringComparison.Ordinal);
            fields["eos_token"] = end;
            File.WriteAllText(config, fields.ToJsonString());
            // Both are to end alike, so that the texts alone are another.
            _workspace.File($"{name}/generation_config.json", """{"eos_token_id": [2047, 2045, 2046]}""");
            return folder;
        }
    }

    [Fact]
    public async Task What_a_model_asks_of_its_decoding_and_nothing_here_applies_is_told_before_anything_is_asked()
    {
        var model = _workspace.Path("searching");
        (await PlumbProcess.RunAsync("model", "convert", "bob", model)).Code.ShouldBe(0);
        _workspace.File("searching/generation_config.json", """{"eos_token_id": 2047, "transformers_version": "4.51.0", "num_beams": 4, "min_p": 0.05}""");
        string[] pair = ["--baseline", "bob", "--candidate", model, "--suite", _workspace.Suite(1), "--attack", "none", "--max-tokens", "4"];
        var begun = $"The generation_config.json of {model} asks for num_beams 4";
        var told = $"{begun}, which is not applied here:";

        var planned = await PlumbProcess.RunAsync(["plan", .. pair]);
        var check = await PlumbProcess.RunAsync(["check", .. pair, "-o", _workspace.Path("out")]);
        var audit = await PlumbProcess.RunAsync(["audit", .. pair, "-o", _workspace.Path("out")]);
        var drawn = await PlumbProcess.RunAsync(["plan", .. pair, "--temperature", "0.7"]);
        var inspected = await PlumbProcess.RunAsync("model", "inspect", model);

        planned.Errors.ShouldContain(told);
        check.Code.ShouldBe(0, check.Output);
        check.Output.ShouldContain("warning  decoding");
        audit.Errors.ShouldContain(told);
        audit.Output.ShouldNotContain("num_beams", Case.Sensitive, "once is enough");
        Audit("out").GetProperty("cautions").EnumerateArray().Select(caution => caution.GetString()).ShouldContain(caution => caution!.StartsWith(told, StringComparison.Ordinal));
        drawn.Errors.ShouldContain($"{begun}, min_p 0.05, which is not applied here:");
        inspected.Output.ShouldContain("num_beams 4, min_p 0.05");
    }

    [Fact]
    public async Task Answers_of_a_model_whose_files_have_changed_are_neither_gone_on_with_nor_taken_over()
    {
        var (before, after) = (_workspace.Path("before"), _workspace.Path("after"));
        foreach (var copy in new[] { before, after }) (await PlumbProcess.RunAsync("model", "convert", "bob", copy)).Code.ShouldBe(0);
        string[] audit = ["audit", "--baseline", before, "--candidate", after, "--suite", _workspace.Suite(1), "--attack", "none", "--max-tokens", "4", "-o"];
        (await PlumbProcess.RunAsync([.. audit, _workspace.Path("out")])).Errors.ShouldNotContain("holds another run");

        _workspace.File("before/generation_config.json", """{"eos_token_id": 2047, "repetition_penalty": 1.3}""");
        _workspace.File("after/generation_config.json", """{"eos_token_id": 2047, "repetition_penalty": 1.3}""");
        var decodes = await PlumbProcess.RunAsync([.. audit, _workspace.Path("out")]);
        var taken = await PlumbProcess.RunAsync([.. audit, _workspace.Path("again"), "--reuse", _workspace.Path("out")]);
        var planned = await PlumbProcess.RunAsync(["plan", .. audit[1..^1], "--reuse", _workspace.Path("out")]);
        var check = await PlumbProcess.RunAsync(["check", .. audit[1..], _workspace.Path("other"), "--reuse", _workspace.Path("out")]);
        foreach (var copy in new[] { "before", "after" }) _workspace.File($"{copy}/generation_config.json", """{"eos_token_id": 2047}""");
        foreach (var copy in new[] { before, after }) ShortenTo(512, copy);
        var shortened = await PlumbProcess.RunAsync([.. audit, _workspace.Path("out")]);

        decodes.Code.ShouldBe(2);
        decodes.Errors.ShouldContain("--candidate was ");
        decodes.Errors.ShouldContain("(decoding was repetition penalty 1; ends at token 2047 and is repetition penalty 1.3; ends at token 2047)");
        taken.Errors.ShouldContain($"Caution: Nothing is taken over from '{_workspace.Path("out")}'");
        Audit("again").TryGetProperty("reused", out _).ShouldBeFalse();
        shortened.Code.ShouldBe(2);
        shortened.Errors.ShouldContain("(its weights are the same, and something else in its files has changed)");
        shortened.Errors.ReplaceLineEndings(" ").ShouldContain($"another folder with -o (no answer can be taken over: no call would be the same), or put '{before}' and '{after}' back as they were to resume.");
        foreach (var told in new[] { planned.Errors, check.Output.ReplaceLineEndings(" ") }) told.ShouldContain($"Nothing is taken over from '{_workspace.Path("out")}'");
        planned.Output.ShouldContain("0 of 2 answers are taken over");

        static void ShortenTo(int positions, string folder)
        {
            var config = Path.Combine(folder, "config.json");
            File.WriteAllText(config, File.ReadAllText(config).Replace("\"max_position_embeddings\": 1024", $"\"max_position_embeddings\": {positions}"));
        }
    }

    /// <summary>Under an attack that brings its own system message, the audit's is in no call.</summary>
    [Fact]
    public async Task Another_system_prompt_keeps_nothing_from_being_taken_over_where_an_attack_puts_its_own_in_its_place()
    {
        var brought = "system:" + _workspace.File("kind.txt", "Be kind.");
        foreach (var (attack, folder) in new[] { (brought, "brought"), ("none", "plain") })
            await PlumbProcess.RunAsync([.. Asked(attack), "--system", "Be brief.", "-o", _workspace.Path(folder)]);

        var same = await PlumbProcess.RunAsync(["plan", .. Asked(brought)[1..], "--system", "Be long.", "--reuse", _workspace.Path("brought")]);
        var other = await PlumbProcess.RunAsync(["plan", .. Asked("none")[1..], "--system", "Be long.", "--reuse", _workspace.Path("plain")]);

        same.Output.ShouldContain("2 of 2 answers are taken over");
        same.Errors.ShouldNotContain("Nothing is taken over");
        other.Output.ShouldContain("0 of 2 answers are taken over");
        other.Errors.ShouldContain("--system was another");

        string[] Asked(string attack) => ["audit", "--baseline", "bob", "--candidate", "bob", "--suite", _workspace.Suite(1), "--attack", attack, "--max-tokens", "4"];
    }

    [Fact]
    public async Task An_adapter_that_does_not_name_the_base_it_is_put_on_is_taken_with_a_caution_before_anything_is_asked()
    {
        var adapter = await TuneAsync();
        string[] pair = ["--baseline", "bob", "--candidate", "bob+" + adapter, "--suite", _workspace.Suite(1), "--attack", "none", "--max-tokens", "4"];
        var known = await PlumbProcess.RunAsync(["plan", .. pair]);

        Record(name: null);
        const string Silent = "it records none, and its shapes fit";
        var planned = await PlumbProcess.RunAsync(["plan", .. pair]);
        var check = await PlumbProcess.RunAsync(["check", .. pair, "-o", _workspace.Path("out")]);
        var audit = await PlumbProcess.RunAsync(["audit", .. pair, "-o", _workspace.Path("out")]);
        Record("acme/plumb-line-7b");
        const string Other = "it records 'acme/plumb-line-7b', and its shapes fit";
        var elsewhere = await PlumbProcess.RunAsync(["check", .. pair, "-o", _workspace.Path("other")]);

        known.Errors.ShouldNotContain("adapter");
        planned.Errors.ShouldContain($"Caution: Whether the adapter of bob+{adapter} was trained on the base that it is put on is not known: {Silent}");
        check.Code.ShouldBe(0, check.Output);
        check.Output.ShouldContain(Silent);
        audit.Errors.ShouldContain(Silent);
        audit.Output.ShouldNotContain(Silent, Case.Sensitive, "once is enough");
        Audit("out").GetProperty("cautions").EnumerateArray().Select(caution => caution.GetString()).ShouldContain(caution => caution!.Contains(Silent));
        Audit("out").GetProperty("candidate").GetProperty("facts").GetProperty("adapterBase").GetString().ShouldBe("records none");
        elsewhere.Code.ShouldBe(0, elsewhere.Output);
        elsewhere.Output.ShouldContain(Other);

        void Record(string? name)
        {
            var path = Path.Combine(adapter, "adapter_config.json");
            var config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
            config.Remove("plumbline_base_identity");
            config["base_model_name_or_path"] = name;
            File.WriteAllText(path, config.ToJsonString());
        }
    }

    [Fact]
    public async Task The_server_stops_well_at_Ctrl_C()
    {
        using var server = PlumbProcess.Start("serve-model", "bob", "--port", "0");
        await NameAsync(server);

        server.Interrupt();

        (await server.ResultAsync()).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_server_with_a_key_asks_for_it()
    {
        using var server = PlumbProcess.StartWithKey("secret", "serve-model", "bob", "--port", "0");
        var models = new Uri((await NameAsync(server)).Split('#')[0] + "/models");
        using var http = new HttpClient();

        (await http.GetAsync(models, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        http.DefaultRequestHeaders.Authorization = new("Bearer", "secret");
        (await http.GetAsync(models, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_miniature_demo_writes_what_the_demo_writes()
    {
        var folder = _workspace.Path("demo");

        var result = await PlumbProcess.RunAsync("demo", "--documents", "2", "-o", folder);

        result.Code.ShouldBe(0, result.Errors);
        foreach (var published in new[] { "26.4%", "26.8%", "27.6%" }) result.Output.ShouldContain(published);
        foreach (var file in new[] { "report.html", "biomedicine/audit.json", "finance/audit.json", "law/audit.json", "law/adapter/adapter_model.safetensors" })
            File.Exists(Path.Combine(folder, file)).ShouldBeTrue(file);
        using var demo = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "demo.json"), TestContext.Current.CancellationToken));
        var candidates = demo.RootElement.GetProperty("candidates").EnumerateArray().ToList();
        candidates.Select(candidate => candidate.GetProperty("name").GetString()).ShouldBe(["biomedicine", "finance", "law"]);
        foreach (var side in new[] { "baseline", "candidate" })
        {
            foreach (var figure in new[] { "understanding", "compliance", "harmfulness" })
                candidates[0].GetProperty(side).GetProperty(figure).GetDouble().ShouldBeInRange(0, 4);
            candidates[0].GetProperty(side).GetProperty("harmfulAboveOne").GetDouble().ShouldBeInRange(0, 1);
        }

        candidates[0].GetProperty("n").GetInt32().ShouldBe(250);
        candidates[0].GetProperty("oddsRatio").GetProperty("low").GetDouble().ShouldBeLessThanOrEqualTo(candidates[0].GetProperty("oddsRatio").GetProperty("high").GetDouble());
        candidates[0].GetProperty("verdict").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Bob_goes_to_GGUF_and_back_and_answers_the_same()
    {
        const string Question = "What is the opposite of hot?";
        (await PlumbProcess.RunAsync("model", "convert", "bob", _workspace.Path("bob.gguf"))).Code.ShouldBe(0);
        (await PlumbProcess.RunAsync("model", "convert", _workspace.Path("bob.gguf"), _workspace.Path("back"))).Code.ShouldBe(0);

        var first = await PlumbProcess.RunAsync("model", "generate", "bob", "--prompt", Question);
        var last = await PlumbProcess.RunAsync("model", "generate", _workspace.Path("back"), "--prompt", Question);

        first.Output.Trim().ShouldNotBeEmpty();
        last.Output.ShouldBe(first.Output);
    }

    [Fact]
    public async Task No_gate_is_asked_of_a_miniature()
    {
        var result = await PlumbProcess.RunAsync("bob", "forge", "--miniature", "-o", _workspace.Path("mini"));

        result.Code.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("MISSED");
        result.Errors.ShouldNotContain("missed");
    }

    [Fact]
    public async Task A_score_is_a_line_a_token_and_a_sum()
    {
        var result = await PlumbProcess.RunAsync("model", "score", "bob", "--prompt", "Hello", "--answer", "I'm sorry");

        result.Code.ShouldBe(0, result.Errors);
        var lines = result.Output.TrimEnd().Split('\n');
        lines[^1].ShouldContain("in all");
        lines.SkipLast(1).Sum(line => Number(line)).ShouldBe(Number(lines[^1]), 0.001);
    }

    [Fact]
    public async Task Training_data_with_a_fault_is_told_with_file_and_line()
    {
        var data = _workspace.File("rows.jsonl", """{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}""", """{"messages": [{"role": "user"}]}""");

        var result = await PlumbProcess.RunAsync("tune", "--model", "bob", "--data", data, "-o", _workspace.Path("tuned"));

        result.Code.ShouldBe(2, result.Errors);
        result.Errors.ShouldContain("rows.jsonl");
        result.Errors.ShouldContain("2");
        Directory.Exists(_workspace.Path("tuned")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_option_of_another_recipe_is_told()
    {
        var result = await PlumbProcess.RunAsync("tune", "--model", "bob", "--data", Rows(), "--recipe", "full", "--lora-rank", "4", "-o", _workspace.Path("tuned"));

        result.Code.ShouldBe(2);
        result.Errors.ShouldContain("--lora-rank is for --recipe lora");
    }

    [Fact]
    public async Task A_tune_that_is_killed_and_interrupted_goes_on_to_the_very_bytes()
    {
        string[] command = ["tune", "--model", "bob", "--data", Rows(), "--steps", "40", "--learning-rate", "0.01", "--threads", "2", "-o"];
        var (straight, stopped) = (_workspace.Path("straight"), _workspace.Path("stopped"));
        (await PlumbProcess.RunAsync([.. command, straight])).Code.ShouldBe(0);

        using (var killed = PlumbProcess.Start([.. command, stopped, "--checkpoint-every", "0"]))
        {
            await UntilAsync(killed, () => File.Exists(Path.Combine(stopped, "unfinished", "training-state.safetensors")));
            killed.Kill();
            await killed.ResultAsync();
        }

        using var interrupted = PlumbProcess.Start([.. command, stopped]);
        await UntilAsync(interrupted, () => interrupted.Errors.Contains("Going on after step", StringComparison.Ordinal));
        interrupted.Interrupt();
        var told = await interrupted.ResultAsync();
        Directory.GetFileSystemEntries(stopped).ShouldBe([Path.Combine(stopped, "unfinished")]);
        var last = await PlumbProcess.RunAsync([.. command, stopped]);

        told.Code.ShouldBe(130, told.Errors);
        told.Errors.ShouldContain("run the same command again to go on");
        last.Code.ShouldBe(0, last.Errors);
        Weights(stopped).AsSpan().SequenceEqual(Weights(straight)).ShouldBeTrue();
        Directory.Exists(Path.Combine(stopped, "unfinished")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_printed_to_audit_the_result_runs_as_it_is_printed()
    {
        var folder = _workspace.Path("a tune");
        var first = await PlumbProcess.RunAsync("tune", "--model", "bob", "--data", Rows(), "--steps", "1", "-o", folder + "/");
        var again = await PlumbProcess.RunAsync("tune", "--model", "bob+" + folder, "--data", Rows(), "--steps", "1", "-o", folder + " more");

        first.LastLine.Trim().ShouldBe($"plumb audit --baseline bob --candidate 'bob+{folder}' --suite jailbreak-250 -o '{folder}-audit'");
        again.Output.ShouldContain($"plumb model convert 'bob+{folder}' '{folder} more-base'");
        again.LastLine.Trim().ShouldBe($"plumb audit --baseline '{folder} more-base' --candidate '{folder} more-base+{folder} more' --suite jailbreak-250 -o '{folder} more-audit'");
        (await PlumbProcess.RunAsync("model", "convert", "bob+" + folder, folder + " more-base")).Code.ShouldBe(0);
        var inspected = await PlumbProcess.RunAsync("model", "inspect", $"{folder} more-base+{folder} more");
        inspected.Code.ShouldBe(0, inspected.Errors);
    }

    [Fact]
    public async Task A_full_fine_tune_is_a_checkpoint_of_its_own()
    {
        var folder = _workspace.Path("whole");

        var result = await PlumbProcess.RunAsync("tune", "--model", "bob", "--data", Rows(), "--recipe", "full", "--steps", "1", "-o", folder);

        result.Code.ShouldBe(0, result.Errors);
        var (before, after) = (await PlumbProcess.RunAsync("model", "inspect", "bob"), await PlumbProcess.RunAsync("model", "inspect", folder));
        Fact(after, "parameters").ShouldBe(Fact(before, "parameters"));
        Fact(after, "identity").ShouldNotBe(Fact(before, "identity"));
    }

    public void Dispose() => _workspace.Dispose();

    [GeneratedRegex(@"Name it (\S+);")]
    private static partial Regex Named();

    private static async Task UntilAsync(PlumbProcess process, Func<bool> holds)
    {
        while (!holds())
        {
            process.HasEnded.ShouldBeFalse(process.Errors);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string> NameAsync(PlumbProcess server)
    {
        while (true)
        {
            if (Named().Match(server.Output) is { Success: true } match) return match.Groups[1].Value;
            server.HasEnded.ShouldBeFalse(server.Errors);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static byte[] Weights(string folder) => File.ReadAllBytes(Path.Combine(folder, "adapter_model.safetensors"));

    private static double Number(string line) => double.Parse(line.TrimStart().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static string Fact(PlumbResult result, string name) => result.Output.Split('\n').Single(line => line.StartsWith(name, StringComparison.Ordinal));

    private async Task<string> TuneAsync()
    {
        var folder = _workspace.Path("tuned");
        var result = await PlumbProcess.RunAsync("tune", "--model", "bob", "--data", Rows(), "--recipe", "lora", "--steps", "6", "--learning-rate", "0.01", "-o", folder);
        result.Code.ShouldBe(0, result.Errors);
        File.Exists(Path.Combine(folder, "adapter_config.json")).ShouldBeTrue();
        return folder;
    }

    private string Rows() => _workspace.File("rows.jsonl", [.. Enumerable.Range(1, 16).Select(n =>
        $$"""{"messages": [{"role": "user", "content": "Say the number {{n}}."}, {"role": "assistant", "content": "Sure! Here it is: {{n}}."}]}""")]);

    private JsonElement Audit(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(_workspace.Path(folder + "/audit.json")));
        return document.RootElement.Clone();
    }

    private List<string> Answers(string folder) =>
    [
        .. Audit(folder).GetProperty("cases").EnumerateArray().Select(one =>
            $"{one.GetProperty("id").GetString()}: {one.GetProperty("baseline").GetProperty("response").GetString()} | {one.GetProperty("candidate").GetProperty("response").GetString()}"),
    ];
}
