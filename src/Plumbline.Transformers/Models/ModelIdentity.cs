using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Transformers.Adapters;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Tensors;
using Plumbline.Transformers.Tokenizers.Files;

namespace Plumbline.Transformers.Models;

/// <summary>Hashes what a model computes, so that two files of the same model are one and an adapter knows its base.</summary>
internal static class ModelIdentity
{
    /// <summary>The identity of a model with its adapter.</summary>
    public static string Of(LanguageModel model)
    {
        var own = OfBase(model);
        return model.Adapter is { } adapter ? OfAdapted(own, adapter) : own;
    }

    /// <summary>The identity of a model without its adapter.</summary>
    public static string OfBase(LanguageModel model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Shape(model.Config));
        foreach (var stored in DecoderAssembly.TakeApart(model.Weights))
        {
            Append(hash, $"{stored.Name} {stored.Weight.Type} {stored.Weight.Rows} {stored.Weight.Columns}");
            Append(hash, stored.Weight);
        }

        hash.AppendData(TokenizerFile.Bytes(model.Tokenizer));
        Append(hash, model.Template?.Source ?? string.Empty);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string OfAdapted(string own, LoraAdapter adapter)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, own);
        hash.AppendData(BitConverter.GetBytes(adapter.Scale));
        foreach (var (module, matrix) in adapter.ByModule.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Append(hash, module);
            hash.AppendData(MemoryMarshal.AsBytes(matrix.A.Span));
            hash.AppendData(MemoryMarshal.AsBytes(matrix.B.Span));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Shape(ModelConfig config) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{config.Family} {config.VocabularySize} {config.HiddenSize} {config.IntermediateSize} {config.Layers} {config.Heads} {config.KeyValueHeads} {config.HeadSize} {config.NormEpsilon:R} {config.RopeTheta:R} {config.RopeScaling} {config.SlidingWindow}");

    private static void Append(IncrementalHash hash, string text)
    {
        // The length keeps neighbouring texts apart.
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }

    private static unsafe void Append(IncrementalHash hash, Weight weight)
    {
        const int Chunk = 1 << 24;
        for (var offset = 0L; offset < weight.Bytes; offset += Chunk)
            hash.AppendData(new ReadOnlySpan<byte>(weight.Data + offset, (int)Math.Min(Chunk, weight.Bytes - offset)));
        GC.KeepAlive(weight);
    }
}
