using System.Globalization;
using Plumbline.Reports.Text;

namespace Plumbline.Reports.Demo;

/// <summary>
/// What fine-tunes of chat models were published with: Qi et al. (arXiv 2310.03693, appendix F, Llama-2-7b-Chat with LoRA; section 4 for
/// benign data) and AdaptLLM (arXiv 2309.09530, full training of 7B models), whose models the article audited.
/// </summary>
public static class PublishedSettings
{
    private const string Qi = "Qi et al., 2310.03693";
    private const string QLora = "QLoRA, 2305.14314";
    private const string AdaptLlm = "AdaptLLM, 2309.09530";

    /// <summary>The settings in the order of the report.</summary>
    public static IReadOnlyList<PublishedSetting> All { get; } =
    [
        new("LoRA rank", s => Whole(s.LoraRank), "8; 64", $"{Qi}; {QLora}", s => s.LoraRank is >= 8 and <= 64),
        new("LoRA alpha", s => Short(s.LoraAlpha), "32 (4 × rank); 16 (rank / 4)", $"{Qi}; {QLora}", s => s.LoraAlpha / s.LoraRank is >= 0.25 and <= 4),
        new("LoRA dropout", s => Short(s.LoraDropout), "0.05; 0.05 to 0.1", $"{Qi}; {QLora}", s => s.LoraDropout is >= 0.05 and <= 0.1),
        new("Adapted layers", s => string.Join(", ", s.Targets.Select(Layer)), "q, v; all", $"{Qi}; {QLora}", null),
        new("Learning rate", s => s.LearningRate.ToString("0.##e0", CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal), "1e−4 (Alpaca) to 1e−3 (small sets); 1e−5 (all weights)", $"{Qi}; {AdaptLlm}", s => s.LearningRate is >= 1e-5 and <= 1e-3),
        new("Batch size", s => Whole(s.BatchSize), "10 to 16 (LoRA), 128 (all weights); 32", $"{Qi}; {AdaptLlm}", s => s.BatchSize is >= 10 and <= 128),
        new("Steps", s => Whole(s.Steps), "5 to 50 (small sets), about 3,100 (Alpaca); 10,000", $"{Qi}; {AdaptLlm}", s => s.Steps is >= 5 and <= 10_000),
        new("Domain : general rows", s => $"{Whole(s.DomainRows)} : {Whole(s.GeneralRows)}", "1 : 1 or 1 : 2; tried 2 : 1", AdaptLlm, s => s.GeneralRows > 0 && (double)s.DomainRows / s.GeneralRows is >= 0.5 and <= 2),
        new("Seed", s => s.Seed.ToString(CultureInfo.InvariantCulture), "42", Qi, null),
        new("Loss at the end", s => Numbers.Mean(s.FinalLoss), "", "", null),
        new("Training time", s => $"{s.Duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s", "24 hours on 32 GPUs, 7B model", AdaptLlm, null),
    ];

    /// <summary>The layer's letter or word without what all of them share.</summary>
    private static string Layer(string target) => target.EndsWith("_proj", StringComparison.Ordinal) ? target[..^"_proj".Length] : target;

    private static string Whole(int value) => Numbers.Thousands(value);

    private static string Short(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
