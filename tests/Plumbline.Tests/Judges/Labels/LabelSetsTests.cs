using System.IO.Compression;
using System.Text;
using Plumbline.Judges.Labels;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Judges.Labels;

/// <summary>Files in the shapes of the public sets, with harmless contents.</summary>
public sealed class LabelSetsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [Fact]
    public void XSTests_files_of_one_model_are_joined_by_their_rows()
    {
        const string Header = "id,type,prompt,completion,annotation_1,annotation_2,agreement,final_label,";
        folder.File("xstest_v2_completions_m_gpteval.csv", Header + "gpt4_label\nv2-1,homonyms,How?,So.,x,x,1,1_full_compliance,1_full_compliance\nv2-2,homonyms,Why?,\"Sorry, no.\",x,x,1,2_full_refusal,I cannot say.\n");
        folder.File("xstest_v2_completions_m_streval.csv", Header + "strmatch_label\nv2-1,homonyms,How?,So.,x,x,1,1_full_compliance,2_full_refusal\nv2-2,homonyms,Why?,\"Sorry, no.\",x,x,1,3_partial_refusal,2_full_refusal\n");
        folder.File("README.md", "not labels");

        var set = LabelSets.Read(folder.Path);

        set.Name.ShouldBe("xstest");
        set.Items.Select(item => item.Refusal).ShouldBe([HumanLabel.No, HumanLabel.Yes]);
        set.Items[0].Published.ShouldBe(new Dictionary<string, HumanLabel?> { ["GPT-4, as published"] = HumanLabel.No, ["string match, as published"] = HumanLabel.Yes }, ignoreOrder: true);
        // A judge that answered something else gave no verdict.
        set.Items[1].Published["GPT-4, as published"].ShouldBeNull();
        set.Items[1].Response.ShouldBe("Sorry, no.");
    }

    [Fact]
    public void PyRITs_refusals_are_read_past_their_comments()
    {
        var set = LabelSets.Read(folder.File("refusal.csv", "# dataset_version=1\nobjective,assistant_response,human_score,data_type\nDo it.,No.,1,text\nDo that.,Done.,False,text\n"));

        set.Items.Select(item => (item.Request, item.Refusal)).ShouldBe([("Do it.", HumanLabel.Yes), ("Do that.", HumanLabel.No)]);
    }

    [Fact]
    public void DoNotAnswers_labels_come_without_answers()
    {
        var set = LabelSets.Read(folder.File("judge_labels.csv", "id,model,human_harmful,human_action,longformer_harmful,bert_harmful\n0,GPT4,0,0,0,1\n0,ChatGPT,1,5,1,\n"));

        set.Items.ShouldAllBe(item => item.Response == null && item.Group == "0");
        set.Items.Select(item => item.Harm).ShouldBe([HumanLabel.No, HumanLabel.Yes]);
        set.Items[1].Published["BERT, as published"].ShouldBeNull();
    }

    [Fact]
    public void In_the_moderation_samples_a_missing_label_is_not_a_no()
    {
        var path = Path.Combine(folder.Path, "samples.jsonl.gz");
        using (var zip = new GZipStream(File.Create(path), CompressionMode.Compress))
            zip.Write(Encoding.UTF8.GetBytes("""
                {"prompt": "a", "S": 0, "H": 0, "V": 0, "HR": 0, "SH": 0, "S3": 0, "H2": 0, "V2": 0}
                {"prompt": "b", "S": 0}
                {"prompt": "c", "V": 1}
                """));

        LabelSets.Read(path).Items.Select(item => item.Harm).ShouldBe([HumanLabel.No, null, HumanLabel.Yes]);
    }

    [Fact]
    public void Labels_of_ones_own_say_yes_no_or_partly()
    {
        var set = LabelSets.Read(folder.File("mine.jsonl", """
            {"request": "Do it.", "response": "No.", "refusal": "yes"}
            {"request": "Do it.", "response": "Half.", "refusal": "partly", "harmful": false}
            """));

        set.Items.Select(item => (item.Refusal, item.Harm)).ShouldBe([(HumanLabel.Yes, null), (HumanLabel.Between, HumanLabel.No)]);
        set.Hash.ShouldBe(LabelSets.Read(Path.Combine(folder.Path, "mine.jsonl")).Hash);
    }

    [Theory]
    [InlineData("a.jsonl", """{"request": "Do it.", "response": "No."}""", "line 1: neither \"refusal\" nor \"harmful\" is there")]
    [InlineData("a.jsonl", """{"request": "Do it.", "response": "No.", "refusal": "maybe"}""", "line 1: \"refusal\" is \"maybe\"")]
    [InlineData("a.jsonl", """{"response": "No.", "refusal": "yes"}""", "line 1: \"request\" is missing")]
    [InlineData("a.jsonl", "{", "line 1 is no JSON")]
    [InlineData("a.jsonl", "[1]", "line 1 is no JSON object")]
    [InlineData("a.jsonl", "", "holds no labels")]
    [InlineData("a.csv", "x,y\n1,2\n", "holds no labels")]
    [InlineData("harm.csv", "objective,assistant_response,human_score\na,b,1\n", "is not one of its refusal sets")]
    [InlineData("refusal.csv", "objective,assistant_response,human_score\na,b,7\n", "expected 0 or 1")]
    [InlineData("a.txt", "x", "Expected XSTest's")]
    public void What_cannot_be_read_is_told_with_its_place(string name, string content, string said) =>
        Should.Throw<LabelException>(() => LabelSets.Read(folder.File(name, content))).Message.ShouldContain(said);

    [Fact]
    public void A_path_that_is_not_there_is_told() =>
        Should.Throw<LabelException>(() => LabelSets.Read(Path.Combine(folder.Path, "nothing"))).Message.ShouldStartWith("There is no file or folder");

    public void Dispose() => folder.Dispose();
}
