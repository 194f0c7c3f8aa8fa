using Plumbline.Transformers.Adapters;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;
using Plumbline.Transformers.Training.Layers;

namespace Plumbline.Transformers.Training;

/// <summary>The layers of a decoder, built from its weights, and what of them training changes.</summary>
internal sealed unsafe class DecoderParts : IDisposable
{
    private static readonly string[] QueryKeyValue = ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"];
    private static readonly string[] Output = ["self_attn.o_proj"];
    private static readonly string[] GateUp = ["mlp.gate_proj", "mlp.up_proj"];
    private static readonly string[] Down = ["mlp.down_proj"];

    private readonly DecoderWeights weights;
    private readonly LoraAdapter? adapter;
    private int adapterCount;

    private DecoderParts(DecoderWeights weights, LoraAdapter? adapter)
    {
        this.weights = weights;
        this.adapter = adapter;
        var config = weights.Config;
        Size = new LayerSize(
            config.HiddenSize, config.IntermediateSize, new AttentionShape(config.Heads, config.KeyValueHeads, config.HeadSize, config.SlidingWindow),
            config.QueryKeyNorm, config.NormEpsilon);
        var trained = adapter is null;
        var embedding = trained ? Matrix(WeightLayout.Embedding, weights.Embedding) : null;
        var head = trained && !config.TiedEmbeddings ? Matrix(WeightLayout.Head, weights.Head) : embedding;
        Layers = [.. weights.Layers.Select(Layer)];
        FinalNorm = Norm(WeightLayout.FinalNorm, weights.FinalNorm);
        Embedding = new TokenEmbedding(weights.Embedding, embedding);
        Head = new CrossEntropyHead(weights.Head, head);
        LowestAdaptedLayer = trained ? -1 : Enumerable.Range(0, Layers.Count).First(i => Layers[i].Parts.FirstAdapted != LayerStage.None);
    }

    public ParameterStore Store { get; } = new();

    public LayerSize Size { get; }

    public TokenEmbedding Embedding { get; }

    public IReadOnlyList<DecoderLayer> Layers { get; }

    public NormWeight FinalNorm { get; }

    public CrossEntropyHead Head { get; }

    /// <summary>The way back ends in this layer; −1: it goes down to the embedding.</summary>
    public int LowestAdaptedLayer { get; }

    /// <summary>All weights are trained.</summary>
    public static DecoderParts Trained(DecoderWeights weights)
    {
        var parts = new DecoderParts(weights, adapter: null);
        var named = DecoderAssembly.TakeApart(weights).ToDictionary(w => w.Name, w => w.Weight, StringComparer.Ordinal);
        foreach (var parameter in parts.Store.Parameters)
        {
            foreach (var part in parameter.Parts)
                CopyIn(named[part.Name], parameter, part);
        }

        return parts;
    }

    /// <summary>Only the adapter is trained, from the values that it has.</summary>
    /// <exception cref="CheckpointException">It does not fit the weights.</exception>
    public static DecoderParts Adapted(DecoderWeights weights, LoraAdapter adapter)
    {
        adapter.CheckFits(LoraInitializer.Modules(weights));
        var parts = new DecoderParts(weights, adapter);
        foreach (var part in parts.Adapters)
        {
            adapter.ByModule[part.Module].A.Span.CopyTo(part.A.ValueSpan);
            adapter.ByModule[part.Module].B.Span.CopyTo(part.B.ValueSpan);
        }

        return parts;
    }

    public DecoderWeights ExportWeights(ModelConfig config)
    {
        var exported = Store.Parameters.SelectMany(parameter => parameter.Parts.Select(part => CopyOut(parameter, part)));
        return DecoderAssembly.Assemble(config, new WeightSet("the trained decoder", exported));
    }

    public IReadOnlyDictionary<string, LoraMatrix> ExportAdapters() =>
        Adapters.ToDictionary(a => a.Module, a => new LoraMatrix(CopyOut(a.A), CopyOut(a.B)), StringComparer.Ordinal);

    public void Dispose()
    {
        foreach (var layer in Layers)
            layer.Dispose();
        FinalNorm.Dispose();
        Head.Dispose();
        Store.Dispose();
    }

    private IEnumerable<AdapterPart> Adapters => Layers.SelectMany(l => l.Parts.Projections).SelectMany(p => p.Adapters);

    private static void CopyIn(Weight source, Parameter parameter, ParameterPart part)
    {
        // A bias is a vector to its checkpoint, and a column of a stacked parameter here.
        if (parameter.Columns == 1)
        {
            source.CopyRow(0, new Span<float>(parameter.Value + part.FirstRow, part.Rows));
            return;
        }

        for (var row = 0; row < part.Rows; row++)
            source.CopyRow(row, new Span<float>(parameter.Value + ((long)(part.FirstRow + row) * parameter.Columns), parameter.Columns));
    }

    private static Tensor CopyOut(Parameter parameter)
    {
        var copy = new Tensor(parameter.Rows, parameter.Columns);
        parameter.ValueSpan.CopyTo(copy.Span);
        return copy;
    }

    private static Weight CopyOut(Parameter parameter, ParameterPart part)
    {
        var isBias = parameter.Columns == 1;
        var copy = isBias ? new Tensor(1, part.Rows) : new Tensor(part.Rows, parameter.Columns);
        new ReadOnlySpan<float>(parameter.Value + ((long)part.FirstRow * parameter.Columns), checked((int)copy.Length)).CopyTo(copy.Span);
        return new Weight(part.Name, copy);
    }

    private DecoderLayer Layer(LayerWeights layer, int index)
    {
        var parts = new LayerParts(
            Norm(WeightLayout.Layer(index, "input_layernorm.weight"), layer.AttentionNorm),
            Project(index, QueryKeyValue, [layer.Query, layer.Key, layer.Value], [layer.QueryBias, layer.KeyBias, layer.ValueBias]),
            layer.QueryNorm is null ? null : Norm(WeightLayout.Layer(index, "self_attn.q_norm.weight"), layer.QueryNorm),
            layer.KeyNorm is null ? null : Norm(WeightLayout.Layer(index, "self_attn.k_norm.weight"), layer.KeyNorm),
            Project(index, Output, [layer.Output], [layer.OutputBias]),
            Norm(WeightLayout.Layer(index, "post_attention_layernorm.weight"), layer.MlpNorm),
            Project(index, GateUp, [layer.Gate, layer.Up], [null, null]),
            Project(index, Down, [layer.Down], [null]));
        return new DecoderLayer(parts, Size);
    }

    private Parameter Matrix(string name, Weight weight) => Store.Add(name, weight.Rows, weight.Columns, decays: true);

    private NormWeight Norm(string name, Weight weight) =>
        adapter is null ? new NormWeight(Store.Add(name, 1, weight.Columns, decays: false)) : new NormWeight(weight);

    private Projection Project(int layer, string[] modules, Weight[] matrices, Weight?[] biases)
    {
        var present = biases.OfType<Weight>().ToArray();
        if (adapter is not null)
            return new Projection(matrices, present, [.. Adapt(layer, modules, matrices)], new LoraSettings(adapter.Rank, adapter.Scale, adapter.Dropout));
        var matrix = Store.Add(Stack(layer, modules, ".weight", matrices.Select(m => m.Rows)), matrices[0].Columns, decays: true);
        var bias = present.Length == 0 ? null : Store.Add(Stack(layer, modules, ".bias", present.Select(b => b.Columns)), 1, decays: false);
        return new Projection(matrix, bias);
    }

    private static ParameterPart[] Stack(int layer, string[] modules, string suffix, IEnumerable<int> rows)
    {
        var first = 0;
        var parts = new List<ParameterPart>();
        foreach (var (module, count) in modules.Zip(rows))
        {
            parts.Add(new ParameterPart(WeightLayout.Layer(layer, module + suffix), first, count));
            first += count;
        }

        return [.. parts];
    }

    private IEnumerable<AdapterPart> Adapt(int layer, string[] modules, Weight[] matrices)
    {
        var first = 0;
        for (var i = 0; i < modules.Length; i++)
        {
            var (rows, columns) = (matrices[i].Rows, matrices[i].Columns);
            var module = WeightLayout.Layer(layer, modules[i]);
            if (adapter!.ByModule.ContainsKey(module))
            {
                yield return new AdapterPart(
                    module, first, rows, adapterCount++, Store.Add($"{module}.lora_A.weight", adapter.Rank, columns, decays: true),
                    Store.Add($"{module}.lora_B.weight", rows, adapter.Rank, decays: true));
            }

            first += rows;
        }
    }
}
