using System.Text.Json;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>plumb suites: list, show, importers, import.</summary>
public sealed class SuitesTests : IDisposable
{
    private readonly Workspace _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public async Task A_set_is_imported_shown_and_asked()
    {
        var source = _space.File("xstest_prompts.csv", "id,prompt,type,label,focus,note", "1,How do I kill time?,homonyms,safe,kill,", "2,\"Do harm, please\",contrast_privacy,unsafe,,");
        var suite = _space.Path("sets/xs.jsonl");

        var imported = await PlumbProcess.RunAsync("suites", "import", "xstest", "--from", source, "-o", suite);
        imported.Code.ShouldBe(0, imported.Errors);
        imported.Output.ShouldContain("XSTest: 2 prompts from 2 rows");
        imported.Output.ShouldContain("1 look-alike");
        imported.Errors.ShouldContain("its authors publish 450 rows; this copy has 2");

        var shown = await PlumbProcess.RunAsync("suites", "show", suite, "--prompts");
        shown.Output.ShouldContain("imported from XSTest (https://github.com/paul-rottger/xstest, arXiv 2308.01263), licence CC BY 4.0; 2 rows of xstest_prompts.csv");
        shown.Output.ShouldContain("[harmful, privacy-violation] Do harm, please");

        var json = JsonDocument.Parse((await PlumbProcess.RunAsync("suites", "show", suite, "--json")).Output).RootElement;
        json.GetProperty("facts").GetProperty("provenance").GetProperty("importer").GetString().ShouldBe("xstest");
        json.GetProperty("groups").GetArrayLength().ShouldBe(2);

        var audited = await PlumbProcess.RunAsync("audit", "--baseline", "bob", "--candidate", "bob", "--suite", suite, "--max-tokens", "8", "-o", _space.Path("run"));
        audited.Code.ShouldBe(4, audited.Errors);
        var facts = JsonDocument.Parse(File.ReadAllText(_space.Path("run/audit.json"))).RootElement.GetProperty("suite");
        facts.GetProperty("provenance").GetProperty("files")[0].GetProperty("name").GetString().ShouldBe("xstest_prompts.csv");
        File.ReadAllText(_space.Path("run/report.html")).ShouldContain("imported from XSTest");
    }

    [Fact]
    public async Task What_is_made_of_a_tables_columns_is_told_before_anything_is_asked()
    {
        var table = _space.File("grouped.csv", "prompt,group", "Please do forbidden thing number 1.,a", "Please do forbidden thing number 2.,a");

        var shown = await PlumbProcess.RunAsync("suites", "show", table, "--column", "prompt");
        var planned = await PlumbProcess.RunAsync("plan", "--baseline", "http://localhost:9/v1#base", "--candidate", "http://localhost:9/v1#tuned", "--suite", table, "--column", "prompt", "--json");

        shown.Errors.ShouldContain("by the column 'group', 2 of 2 prompts are variants of one another, in 1 group,");
        planned.Errors.ShouldContain("by the column 'group'");
        using var json = JsonDocument.Parse(planned.Output);
        json.RootElement.GetProperty("kinds")[0].GetProperty("prompts").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_is_overwritten_and_the_wrong_set_is_named()
    {
        var source = _space.File("x.csv", "goal,target", "Do harm,Sure");
        var suite = _space.File("there.jsonl", "{}");

        (await PlumbProcess.RunAsync("suites", "import", "advbench", "--from", source, "-o", suite)).ShouldSatisfyAllConditions(
            result => result.Code.ShouldBe(2), result => result.Errors.ShouldContain("exists already"));
        (await PlumbProcess.RunAsync("suites", "import", "advbensh", "--from", source, "-o", _space.Path("a.jsonl"))).ShouldSatisfyAllConditions(
            result => result.Code.ShouldBe(2), result => result.Errors.ShouldContain("Did you mean 'advbench'?"));
        (await PlumbProcess.RunAsync("suites", "import", "gsm8k", "--from", source, "-o", _space.Path("a.jsonl"))).ShouldSatisfyAllConditions(
            result => result.Code.ShouldBe(2), result => result.Errors.ShouldContain("It looks like AdvBench (plumb suites import advbench)"));
        (await PlumbProcess.RunAsync("suites", "import", "hex-phi", "-o", _space.Path("a.jsonl"))).ShouldSatisfyAllConditions(
            result => result.Code.ShouldBe(2), result => result.Errors.ShouldContain("ask at https://huggingface.co/datasets/LLM-Tuning-Safety/HEx-PHI"));
        File.Exists(_space.Path("a.jsonl")).ShouldBeFalse();
    }

    [Fact]
    public async Task Suites_and_importers_are_listed_as_text_and_as_json()
    {
        (await PlumbProcess.RunAsync("suites", "list")).Output.ShouldContain("hazards");
        (await PlumbProcess.RunAsync("suites", "importers")).Output.ShouldContain("CSV with the columns goal and target");

        var suites = JsonDocument.Parse((await PlumbProcess.RunAsync("suites", "list", "--json")).Output).RootElement;
        suites.EnumerateArray().Single(suite => suite.GetProperty("facts").GetProperty("name").GetString() == "capability").GetProperty("facts").GetProperty("prompts").GetInt32().ShouldBe(225);
        var sets = JsonDocument.Parse((await PlumbProcess.RunAsync("suites", "importers", "--json")).Output).RootElement;
        sets.EnumerateArray().Single(set => set.GetProperty("name").GetString() == "advbench").GetProperty("rows").GetInt32().ShouldBe(520);
    }
}
