using System.Globalization;
using Plumbline.Reports.Text;
using Plumbline.Suites;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Cli.Summaries;

/// <summary>What a model is, a fact a line.</summary>
internal static class ModelSummary
{
    public static IEnumerable<(string Name, string Value)> Of(LanguageModel model)
    {
        var config = model.Config;
        var weights = WeightsOf(model.Weights).ToList();
        yield return ("name", model.Name);
        yield return ("architecture", config.Family.ToString());
        yield return ("parameters", Text($"{Numbers.Thousands(weights.Sum(weight => (long)weight.Rows * weight.Columns))}"));
        yield return ("weights", Text($"{string.Join(", ", weights.Select(weight => weight.Type).Distinct())}, {Numbers.Thousands(weights.Sum(weight => weight.Bytes))} bytes"));
        yield return ("layers", Text($"{config.Layers} of width {config.HiddenSize}, MLP {config.IntermediateSize}"));
        yield return ("attention", Text($"{config.Heads} heads of {config.HeadSize}, {config.KeyValueHeads} for keys and values"));
        yield return ("positions", Text($"{Numbers.Thousands(config.MaxPositions)}, rope theta {config.RopeTheta:0.###}{(config.RopeScaling is null ? "" : ", scaled as in Llama 3")}"));
        yield return ("embeddings", config.TiedEmbeddings ? "tied to the head" : "apart from the head");
        yield return ("tokenizer", Text($"{Numbers.Thousands(model.Tokenizer.VocabularySize)} tokens"));
        yield return ("ends with", string.Join(", ", model.EndTokens.Select(id => model.Tokenizer.TokenOf(id) ?? Text($"{id}"))));
        yield return ("template", model.Template is { } template ? "sha256 " + ContentHash.Of(template.Source) : "none: this model continues text, it does not chat");
        if (model.Defaults is { Unapplied: var every, UnappliedWhereDrawn: var drawn } && every.Count + drawn.Count > 0) yield return ("not applied", $"{string.Join(", ", every.Concat(drawn))}, of its generation_config.json");
        if (model.Adapter is { } adapter) yield return ("adapter", Text($"LoRA of rank {adapter.Rank}, scale {adapter.Scale:0.###}, on {adapter.ByModule.Count} projections"));
        yield return ("identity", "sha256 " + model.Identity);
        yield return ("as a base", $"sha256 {model.BaseIdentity}");
    }

    private static IEnumerable<Weight> WeightsOf(DecoderWeights decoder)
    {
        IEnumerable<Weight?> all =
        [
            decoder.Embedding,
            .. decoder.Layers.SelectMany(layer => new[]
            {
                layer.AttentionNorm, layer.Query, layer.Key, layer.Value, layer.Output, layer.MlpNorm, layer.Gate, layer.Up, layer.Down,
                layer.QueryBias, layer.KeyBias, layer.ValueBias, layer.OutputBias, layer.QueryNorm, layer.KeyNorm,
            }),
            decoder.FinalNorm,
            decoder.Config.TiedEmbeddings ? null : decoder.Head,
        ];
        return all.OfType<Weight>();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
