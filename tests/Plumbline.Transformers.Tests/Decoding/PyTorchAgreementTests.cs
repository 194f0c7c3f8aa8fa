using Plumbline.Transformers.Decoding;
using Plumbline.Transformers.Tensors;
using Plumbline.Transformers.Tests.Training;
using Shouldly;

namespace Plumbline.Transformers.Tests.Decoding;

/// <summary>The inference path against PyTorch's logits of each architecture, read at once and token by token.</summary>
public sealed class PyTorchAgreementTests
{
    [Theory]
    [MemberData(nameof(ReferenceModel.Names), MemberType = typeof(ReferenceModel))]
    public void LogitsAgreeWithAndWithoutALiveAdapter(string name)
    {
        var model = new ReferenceModel(name);
        foreach (var (adapter, prefix) in new[] { (null, "logits"), (model.Adapter, "adapted_logits") })
        {
            using var decoder = new Decoder(model.Weights, LiveAdapter.ChangesOf(adapter), threads: 2);
            for (var i = 0; i < model.Examples.Count; i++)
            {
                var expected = model.Expected($"{prefix}.{i}");
                Closeness.RelativeError(Logits(decoder, model.Examples[i].Tokens, chunk: 1000), expected).ShouldBeLessThan(1e-4);
                Closeness.RelativeError(Logits(decoder, model.Examples[i].Tokens, chunk: 1), expected).ShouldBeLessThan(1e-4);
            }
        }
    }

    private static unsafe float[] Logits(Decoder decoder, int[] tokens, int chunk)
    {
        using var pool = new CachePool(decoder.Layout);
        using var cache = new KeyValueCache(pool);
        var all = new List<float>();
        foreach (var part in tokens.Chunk(chunk))
        {
            using var logits = new Tensor(part.Length, decoder.Config.VocabularySize);
            decoder.Run([new SequenceSlice(cache, part, Lookout.All)], logits.Pointer);
            all.AddRange(logits.Span);
        }

        return [.. all];
    }
}
