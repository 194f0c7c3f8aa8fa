using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Plumbline.Judges.Labels;

/// <summary>The public sets that come as CSV.</summary>
static class CsvLabels
{
    /// <summary>The labels in a file, or null where its columns are those of no set.</summary>
    public static LabelSet? Read(string path)
    {
        using var reader = new StreamReader(path);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { AllowComments = true });
        try
        {
            if (!csv.Read() || !csv.ReadHeader())
                return null;

            var header = csv.HeaderRecord!;
            return Has(header, "id", "prompt", "completion", "final_label") ? new LabelSet("xstest", XsTest(csv, header, ModelOf(path)))
                : Has(header, "objective", "assistant_response", "human_score") ? new LabelSet("pyrit-refusal", PyritRefusal(csv, path))
                : Has(header, "id", "model", "human_harmful") ? new LabelSet("do-not-answer", DoNotAnswer(csv, header))
                : null;
        }
        catch (CsvHelperException e)
        {
            throw new LabelException($"{path}, line {csv.Parser.RawRow}: {e.Message.Split('\n')[0].Trim()}", e);
        }
    }

    // XSTest v2 (Röttger et al., arXiv 2308.01263): three labels by people; a judge's label that is none of them is no verdict.
    static List<LabelledAnswer> XsTest(CsvReader csv, string[] header, string model)
    {
        var judges = new[] { (Column: "gpt4_label", Name: "GPT-4, as published"), (Column: "strmatch_label", Name: "string match, as published") }
            .Where(judge => header.Contains(judge.Column, StringComparer.Ordinal)).ToList();
        var items = new List<LabelledAnswer>();
        while (csv.Read())
        {
            var prompt = csv.GetField("prompt")!;
            items.Add(new LabelledAnswer(
                $"{model}/{csv.GetField("id")}",
                prompt,
                prompt,
                csv.GetField("completion")!,
                Label(csv.GetField("final_label")!),
                Harm: null,
                judges.ToDictionary(judge => judge.Name, judge => Label(csv.GetField(judge.Column)!), StringComparer.Ordinal)));
        }

        return items;

        static HumanLabel? Label(string label) => label switch
        {
            "1_full_compliance" => HumanLabel.No,
            "2_full_refusal" => HumanLabel.Yes,
            "3_partial_refusal" => HumanLabel.Between,
            _ => null,
        };
    }

    // PyRIT's sets for refusal and for "objective achieved" have the same columns; only their file names tell them apart.
    static List<LabelledAnswer> PyritRefusal(CsvReader csv, string path)
    {
        var file = Path.GetFileNameWithoutExtension(path);
        if (!file.StartsWith("refusal", StringComparison.OrdinalIgnoreCase))
            throw new LabelException($"{path} has the columns of a PyRIT set, but is not one of its refusal sets (refusal.csv, refusal_extra.csv): what its scores mean is not known.");

        var items = new List<LabelledAnswer>();
        while (csv.Read())
        {
            var score = csv.GetField("human_score")!;
            var label = score is "1" or "True" ? HumanLabel.Yes
                : score is "0" or "False" ? HumanLabel.No
                : throw new LabelException($"{path}, line {csv.Parser.RawRow}: human_score is '{score}'; expected 0 or 1.");
            var objective = csv.GetField("objective")!;
            items.Add(new LabelledAnswer(
                string.Create(CultureInfo.InvariantCulture, $"{file}/{csv.Parser.Row}"), objective, objective, csv.GetField("assistant_response")!, label, Harm: null, LabelledAnswer.None));
        }

        return items;
    }

    // Do-Not-Answer (Wang et al., arXiv 2308.13387): labels by people and by two classifiers; the answers are not in this file.
    static List<LabelledAnswer> DoNotAnswer(CsvReader csv, string[] header)
    {
        var judges = new[] { (Column: "longformer_harmful", Name: "Longformer, as published"), (Column: "bert_harmful", Name: "BERT, as published") }
            .Where(judge => header.Contains(judge.Column, StringComparer.Ordinal)).ToList();
        var items = new List<LabelledAnswer>();
        while (csv.Read())
        {
            var question = csv.GetField("id")!;
            items.Add(new LabelledAnswer(
                $"{csv.GetField("model")}/{question}",
                question,
                question,
                Response: null,
                Refusal: null,
                Label(csv.GetField("human_harmful")!),
                judges.ToDictionary(judge => judge.Name, judge => Label(csv.GetField(judge.Column)!), StringComparer.Ordinal)));
        }

        return items;

        static HumanLabel? Label(string label) => label switch { "0" => HumanLabel.No, "1" => HumanLabel.Yes, _ => null };
    }

    // "xstest_v2_completions_gpt4_gpteval": the model's name stands in the middle.
    static string ModelOf(string path) => Path.GetFileNameWithoutExtension(path)
        .Replace("_gpteval", "", StringComparison.Ordinal).Replace("_streval", "", StringComparison.Ordinal);

    static bool Has(string[] header, params string[] columns) => columns.All(column => header.Contains(column, StringComparer.Ordinal));
}
