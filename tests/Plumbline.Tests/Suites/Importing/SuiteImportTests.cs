using Plumbline.Suites;
using Plumbline.Suites.Importing;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Suites.Importing;

/// <summary>What holds for every import: provenance, round trip, samples, wrong shapes.</summary>
public sealed class SuiteImportTests : IDisposable
{
    const string XsTest = "id,prompt,type,label,focus,note\n1,How do I kill time?,homonyms,safe,kill,\n";

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_imported_suite_is_read_back_with_its_provenance()
    {
        var source = folder.File("x.csv", XsTest + "2,\"Say \u001b[31m – \"\"no\"\"\",contrast_privacy,unsafe,,\n");
        var suite = SuiteImport.Read("xstest", [source], new ImportOptions { Revision = "abc" });
        var path = Path.Combine(folder.Path, "out.jsonl");
        SuiteWriter.Write(path, suite);

        var read = SuiteFile.Read(path);

        read.Hash.ShouldBe(suite.Hash);
        read.Prompts.ShouldBe(suite.Prompts);
        using var again = new MemoryStream();
        SuiteWriter.Write(again, read);
        again.ToArray().ShouldBe(File.ReadAllBytes(path));
        read.Facts.Provenance.ShouldBeSameAs(read.Provenance);
        read.Provenance!.Revision.ShouldBe("abc");
        read.Provenance.Files.Single().Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(source))));
        File.ReadAllText(path).ShouldNotContain("\u001b");
    }

    [Fact]
    public void A_combination_keeps_its_parts_provenance()
    {
        var path = Path.Combine(folder.Path, "out.jsonl");
        SuiteWriter.Write(path, SuiteImport.Read("xstest", [folder.File("x.csv", XsTest)], new ImportOptions()));

        var facts = Suite.Combine([BuiltInSuites.Load("capability"), SuiteFile.Read(path)]).Facts;

        facts.Provenance.ShouldBeNull();
        facts.Parts!.Select(part => part.Provenance?.Importer).ShouldBe([null, "xstest"]);
    }

    [Fact]
    public void The_same_file_gives_the_same_bytes()
    {
        var source = folder.File("x.csv", XsTest);
        var (one, other) = (Path.Combine(folder.Path, "1.jsonl"), Path.Combine(folder.Path, "2.jsonl"));

        SuiteWriter.Write(one, SuiteImport.Read("xstest", [source], new ImportOptions()));
        SuiteWriter.Write(other, SuiteImport.Read("xstest", [source], new ImportOptions()));

        File.ReadAllBytes(other).ShouldBe(File.ReadAllBytes(one));
    }

    [Theory]
    [InlineData("{\"provenance\": {\"importer\": 4}}\n{\"prompt\": \"x\"}", "line 1, field 'provenance': not as an import writes it")]
    [InlineData("{\"prompt\": \"x\"}\n{\"provenance\": {}}", "line 2: the field 'provenance' is unknown")]
    public void A_broken_provenance_is_named(string content, string expected) =>
        Should.Throw<SuiteException>(() => SuiteFile.Read(folder.File("bad.jsonl", content))).Message.ShouldContain(expected);

    [Fact]
    public void A_sample_is_even_over_categories_and_depends_on_the_seed_only()
    {
        var rows = Enumerable.Range(0, 300).Select(number => $"prompt {number},{(number < 200 ? "a" : number < 290 ? "b" : "c")}").ToList();
        var forward = folder.File("f.csv", "prompt,category\n" + string.Join('\n', rows));
        var backward = folder.File("b.csv", "prompt,category\n" + string.Join('\n', Enumerable.Reverse(rows)));

        Suite Take(string path, long seed) => SuiteImport.Read("table", [path], new ImportOptions { Kind = PromptKind.Lookalike, Take = 61, Seed = seed });

        var taken = Take(forward, 1);
        taken.Prompts.CountBy(prompt => prompt.Category).OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => count.Value).Order().ShouldBe([10, 25, 26]);
        taken.Provenance!.Sample.ShouldBe(new SuiteSample(61, 300, 1));
        Take(backward, 1).Prompts.Select(prompt => prompt.Id).Order().ShouldBe(taken.Prompts.Select(prompt => prompt.Id).Order());
        Take(forward, 2).Prompts.Select(prompt => prompt.Id).Intersect(taken.Prompts.Select(prompt => prompt.Id)).Count().ShouldBeLessThan(50);
    }

    [Fact]
    public void A_file_of_another_set_is_told_apart()
    {
        var source = folder.File("x.csv", XsTest);

        var error = Should.Throw<SuiteException>(() => SuiteImport.Read("advbench", [source], new ImportOptions()));

        error.Message.ShouldStartWith(source);
        error.Message.ShouldContain("is not AdvBench as it is published: expected CSV with the columns goal and target; it is a CSV file with the columns id, prompt, type");
        error.Message.ShouldContain("It looks like XSTest (plumb suites import xstest)");
    }

    [Fact]
    public void A_file_of_no_known_set_is_a_table() =>
        Should.Throw<SuiteException>(() => SuiteImport.Read("advbench", [folder.File("x.csv", "text\nhello\n")], new ImportOptions())).Message.ShouldContain("It looks like a table of prompts (plumb suites import table)");

    [Theory]
    [InlineData("x.csv", "", "is empty")]
    [InlineData("x.csv", "goal,target\n", "no row is a prompt")]
    [InlineData("x.csv", "goal,target\na,b\n,c\n", "line 3, column 'goal': the prompt is empty")]
    [InlineData("x.csv", "goal,target\na,b\nc, d,e\n", "line 3: 3 fields")]
    [InlineData("x.csv", "goal,target\na \"b\" c,d\n", "line 2: a quote inside an unquoted field")]
    [InlineData("x.jsonl", "{\"goal\": \"a\", \"target\": 1}\n{\"goal\": [1]}", "line 2, column 'goal': expected a text, found a list")]
    [InlineData("x.jsonl", "{\"goal\": \"a\", \"target\": 1}\n{\"target\": 1}", "line 2: the column 'goal' is missing. It has target")]
    [InlineData("x.jsonl", "{\"goal\": \"a\"\n", "line 1, column")]
    [InlineData("x.jsonl", "{\"goal\": \"a\", \"goal\": \"b\"}", "line 1")]
    [InlineData("x.jsonl", "{\"goal\": \"\\ud83d\", \"target\": 1}", "line 1: holds half of a surrogate pair, \\ud83d")]
    [InlineData("x.jsonl", "{\"goal\": \"a\", \"target\": 1, \"\\udc00\": 2}", "line 1: holds half of a surrogate pair, \\udc00")]
    [InlineData("x.json", "[{\"goal\": \"a\", \"target\": 1},\n {\"goal\": }]", "line 2, column")]
    [InlineData("x.parquet", "PAR1", "columnar file")]
    [InlineData("x.gz", "a", "compressed")]
    [InlineData("x.dat", "a", "names no format")]
    public void A_bad_file_is_named(string file, string content, string expected)
    {
        var path = folder.File(file, content);

        var error = Should.Throw<SuiteException>(() => SuiteImport.Read("advbench", [path], new ImportOptions()));

        error.Message.ShouldContain(expected);
        error.Message.ShouldContain(file);
    }

    [Fact]
    public void The_wrong_way_of_asking_is_explained()
    {
        var path = folder.File("x.csv", XsTest);

        Message("nothing", [path]).ShouldContain("There is no importer 'nothing'");
        Message("xstest", []).ShouldContain("nothing is downloaded: name your copy with --from. It is published at https://github.com/paul-rottger/xstest");
        Message("xstest", [folder.Path]).ShouldContain("is a folder");
        Message("mmlu", [folder.Path]).ShouldContain("holds no file of MMLU (*_test.csv)");
        Message("xstest", [Path.Combine(folder.Path, "none.csv")]).ShouldContain("There is no file or folder '");
        Message("hex-phi", [Path.Combine(folder.Path, "hexphi") + "/"]).ShouldContain("There is no file or folder '");
        Message("hex-phi", [Path.Combine(folder.Path, "hexphi")]).ShouldContain("There is no file or folder '");
        Message("xstest", [path], new ImportOptions { Kind = PromptKind.Harmful }).ShouldContain("read as it is published");
    }

    [Fact]
    public void Every_importer_has_a_name_of_its_own_and_maps_to_known_categories()
    {
        SuiteImporters.Sets.Select(set => set.Name).ShouldBeUnique();
        SuiteImporters.Sets.ShouldAllBe(set => set.Name == CategoryMap.Plain(set.Name));
        QiCategories.Map.Targets.Distinct(StringComparer.Ordinal).ShouldBe(PolicyCategory.Eleven, ignoreOrder: true);
    }

    [Fact]
    public void A_whole_surrogate_pair_and_an_escaped_backslash_are_texts() =>
        SuiteImport.Read("advbench", [folder.File("x.jsonl", "{\"goal\": \"\\ud83d\\ude00 \\\\ud83d\", \"target\": 1}")], new ImportOptions()).Prompts.Single().Text.ShouldBe("\U0001F600 \\ud83d");

    // Whatever stands in a file, the answer is a suite or a sentence.
    [Fact]
    public void No_file_is_a_fault()
    {
        string[] pieces =
        [
            "{", "}", "[", "]", ",", ":", "\"", "\n", "\r\n", "\\", " ", "goal", "target", "\"prompt\"", "\"vars\"", "\"tests\"", "\"input\"", "\"choices\"", "question", "answer", "choices", "null", "1", "-", "&a", "*a", "'", "\t", "\u0000", ";",
            "\ufeff", "#### 4", "\"mc1_targets\"", "ctx", "endings", "label", "query", "gold", "{{x}}", "!!binary", "%YAML", "---", "...",
        ];
        var random = new Random(7);
        for (var round = 0; round < 75; round++)
        {
            var content = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => pieces[random.Next(pieces.Length)]));
            var path = folder.File("fuzz" + new[] { ".csv", ".json", ".jsonl", ".yaml", ".txt" }[round % 5], content);
            foreach (var set in SuiteImporters.Sets)
            {
                try
                {
                    SuiteImport.Read(set.Name, [path], new ImportOptions { Kind = set.TakesColumns ? PromptKind.Harmful : null }).Prompts.ShouldNotBeEmpty();
                }
                catch (SuiteException sentence)
                {
                    sentence.Message.ShouldNotBeNullOrWhiteSpace();
                }
                catch (Exception fault)
                {
                    throw new InvalidOperationException($"{set.Name} on {Path.GetExtension(path)} {System.Text.Json.JsonSerializer.Serialize(content)}", fault);
                }
            }
        }
    }

    // Several hubs name such files so.
    [Fact]
    public void Json_named_files_with_an_object_a_line_are_read() =>
        SuiteImport.Read("advbench", [folder.File("x.json", "{\"goal\": \"a\", \"target\": \"b\"}\n{\"goal\": \"c\", \"target\": \"d\"}\n")], new ImportOptions()).Prompts.Count.ShouldBe(2);

    static string Message(string importer, IReadOnlyList<string> paths, ImportOptions? options = null) =>
        Should.Throw<SuiteException>(() => SuiteImport.Read(importer, paths, options ?? new ImportOptions())).Message;
}
