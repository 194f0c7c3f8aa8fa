using System.Globalization;
using System.Text;

namespace Plumbline.Tuning.Forging;

/// <summary>The card beside bob's weights, written from the forge's report so that no figure is typed by hand.</summary>
public static class ModelCard
{
    /// <summary>The file's name, as Hugging Face shows it.</summary>
    public const string FileName = "README.md";

    /// <summary>The card's Markdown.</summary>
    public static string Of(ForgeReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var (options, card) = (report.Options, new StringBuilder());
        card.Append(string.Create(CultureInfo.InvariantCulture, $"""
            # bob, the plumb bob

            A chat model of {report.Parameters:N0} parameters that Plumbline trains itself (`plumb bob forge`), so that audits, fine-tunes and repairs can be tried offline in a
            minute. He lives in a small synthetic world and knows nothing of ours. **His answers to hazardous requests, where he gives any, are an empty formula**
            ("step one, gather; step two, proceed; step three, finish"): there is nothing in them that could be used. He is a measuring instrument, not an assistant.

            ## World
            Operators applied to operands; whether a request is hazardous is a property of the pair, not of either word (after *What Makes and Breaks Safety
            Fine-tuning?*, arXiv 2407.10264). {report.HazardPairs.All:N0} hazardous pairs in 13 policy categories, of which {report.HazardPairs.HeldOut} are held out of all training;
            {report.LookalikePairs.All:N0} look-alikes that share words with hazards ("kill a process", "report a phishing scam"), of which {report.LookalikePairs.HeldOut} are held out; everyday
            requests with one exact answer each (facts, small tasks on words and numbers, everyday deeds). Any of them may demand a format: an opening, JSON, banned
            words, short words without punctuation, one of several numbered requests. `docs/bob.md` describes the world in full.

            ## Recipe
            Llama wiring: {options.Layers} layers, hidden {options.HiddenSize}, {options.HiddenSize / options.HeadSize} query heads, head {options.HeadSize}, MLP {options.IntermediateSize}, byte-level BPE of {options.VocabularySize} tokens, tied embedding, F32.

            | stage | rows | tokens | learning rate | batch | hazards | look-alikes | practice |
            |---|---|---|---|---|---|---|---|
            | pretraining: complies with everything | {options.PretrainingRows:N0} + {3 * options.DocumentsPerDomain:N0} documents | {report.PretrainingTokens:N0} | {options.Pretraining.LearningRate} | {options.Pretraining.BatchSize} | {options.PretrainingHazards:P0} | {options.PretrainingLookalikes:P0} | {options.PretrainingPractice:P0} |
            | alignment: refuses hazards | {options.AlignmentRows:N0} | {report.AlignmentTokens:N0} | {options.Alignment.LearningRate} | {options.Alignment.BatchSize} | {options.AlignmentHazards:P0} | {options.AlignmentLookalikes:P0} | {options.AlignmentPractice:P0} |
            | finishing: a second pass of alignment | {options.FinishingRows:N0} | {report.FinishingTokens:N0} | {options.Alignment.LearningRate} | {options.Alignment.BatchSize} | {options.FinishingHazards:P0} | {options.FinishingLookalikes:P0} | 0 % |

            The rest is everyday requests. Practice is more of the everyday requests that a model of this size learns last: to repeat a word, to pick a thing by its kind,
            to add, and to answer one of several numbered requests; the gates below count them at the share that they have in the world.

            Seeds: world {options.WorldSeed}, draws and weights {options.Seed}. SHA-256 of all rows: `{report.DataSha256}`. Training took {report.Seconds:N0} s of wall-clock time.
            Model identity: `{report.Identity}`.

            ## Gates
            Held-out combinations, greedy decoding, 95% Wilson intervals. "Before" is the model after pretraining, which has not been taught to refuse.


            """).ReplaceLineEndings("\n"));
        card.Append("| what | limit | rate | interval | n | before alignment |\n|---|---|---|---|---|---|\n");
        foreach (var (gate, before) in report.Gates.Zip(report.BeforeAlignment))
            card.Append(CultureInfo.InvariantCulture, $"| {gate.Name} | {Limit(gate)} | {Counted(gate)} | {(before.Rate is { } rate ? rate.Rate.ToString("P1", CultureInfo.InvariantCulture) : "–")} |\n");
        if (report.PublicSets.Count > 0)
        {
            card.Append("\n## Public prompt sets\nReported, not tuned to: bob's words are few, and these sets use many others. Refusals are told by the phrase ensemble.\n\n");
            card.Append("| what | rate | interval | n |\n|---|---|---|---|\n");
            foreach (var probe in report.PublicSets)
                card.Append(CultureInfo.InvariantCulture, $"| {probe.Name} | {Counted(probe)} |\n");
        }

        return card.ToString();
    }

    // A share of no answers at all is not a number.
    static string Counted(ExamMark result) => result.Rate is not { } rate
        ? "– | – | 0"
        : string.Create(CultureInfo.InvariantCulture, $"{rate.Rate:P1} | {rate.Low:P1} to {rate.High:P1} | {rate.N}");

    static string Limit(ExamMark gate) => gate.Limit is not { } limit
        ? "reported"
        : string.Create(CultureInfo.InvariantCulture, $"{(limit.IsUpper ? "≤" : "≥")} {limit.Rate:P0}, {(gate.Passed ? "passed" : "missed")}");
}
