using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Transformers.Adapters;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Tensors;
using Plumbline.Transformers.Tokenizers.Files;

namespace Plumbline.Transformers.Models;

/// <summary>Hashes what a model answers by, so that two files of the same model are one, a changed one is another, and an adapter knows its base.</summary>
internal static class ModelIdentity
{
    // What chat templates call the texts of the two tokens.
    private const string BeginText = "bos_token";
    private const string EndText = "eos_token";

    /// <summary>The identity of a model with its adapter.</summary>
    public static string Of(LanguageModel model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, model.BaseIdentity);
        Append(hash, Decoding(model));
        Append(hash, TextOf(BeginText, model.TokenTexts.BeginToken, model));
        Append(hash, TextOf(EndText, model.TokenTexts.EndToken, model));
        if (model.Adapter is { } adapter) Append(hash, adapter);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The identity of what was trained: shape, weights and adapter.</summary>
    public static string OfWeights(LanguageModel model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, model.OwnWeightsIdentity);
        if (model.Adapter is { } adapter) Append(hash, adapter);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The identity of what a model is asked and computes, its adapter with it: all that versions of Plumbline knew a model by before how it begins, ends and draws an answer counted.</summary>
    public static string OfEarlier(LanguageModel model)
    {
        if (model.Adapter is not { } adapter) return model.BaseIdentity;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, model.BaseIdentity);
        Append(hash, adapter);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The identities of a model without its adapter: of its shape and weights alone, and with tokenizer and template. The weights are read once for both.</summary>
    public static (string Weights, string Base) OfBase(LanguageModel model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Shape(model.Config));
        foreach (var stored in DecoderAssembly.TakeApart(model.Weights))
        {
            Append(hash, $"{stored.Name} {stored.Weight.Type} {stored.Weight.Rows} {stored.Weight.Columns}");
            Append(hash, stored.Weight);
        }

        var weights = Convert.ToHexStringLower(hash.GetCurrentHash());
        hash.AppendData(TokenizerFile.Bytes(model.Tokenizer));
        Append(hash, model.Template?.Source ?? string.Empty);
        return (weights, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // By its effect: what a file sets to the usual and what it leaves out are one.
    private static string Decoding(LanguageModel model) => string.Create(
        CultureInfo.InvariantCulture,
        $"begin {model.Config.BeginToken} ends {string.Join(' ', model.EndTokens)} positions {model.Config.MaxPositions} temperature {model.Defaults.UsualTemperature:R} top-k {model.Defaults.UsualTopK} top-p {model.Defaults.UsualTopP:R} repetition penalty {model.Defaults.UsualRepetitionPenalty:R} longest {model.Defaults.MaxNewTokens}");

    // A template that does not name the token never shows it to the model; one that does may ask whether there is one, be it empty.
    private static string TextOf(string name, string? text, LanguageModel model) =>
        text is not null && model.Template?.Source.Contains(name, StringComparison.Ordinal) == true ? $"is {text}" : string.Empty;

    private static void Append(IncrementalHash hash, LoraAdapter adapter)
    {
        hash.AppendData(BitConverter.GetBytes(adapter.Scale));
        foreach (var (module, matrix) in adapter.ByModule.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Append(hash, module);
            hash.AppendData(MemoryMarshal.AsBytes(matrix.A.Span));
            hash.AppendData(MemoryMarshal.AsBytes(matrix.B.Span));
        }
    }

    private static string Shape(ModelConfig config) => string.Create(
        CultureInfo.InvariantCulture,
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
