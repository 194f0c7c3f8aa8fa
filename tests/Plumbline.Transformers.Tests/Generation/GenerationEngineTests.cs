using System.Collections;
using System.Threading.Channels;
using Plumbline.Transformers.Generation;
using Shouldly;

namespace Plumbline.Transformers.Tests.Generation;

/// <summary>What goes wrong with one request stays with it: those beside it in the batch, and the next ones, are answered as if it were not there.</summary>
public sealed class GenerationEngineTests
{
    private static readonly EngineOptions Options = new() { Threads = 2 };

    public static TheoryData<string> Faults => ["prompt", "sampler", "text", "consumer"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task AFailureStaysWithItsRequest(string fault)
    {
        using var model = TinyChat.Create(ends: false);
        using var engine = new GenerationEngine(model, Options);
        var alone = Request();
        engine.Submit(alone);
        var expected = (await alone.Completion).Text;

        GenerationRequest[] healthy = [Request(), Request(), Request()];
        var faulty = Faulty(fault);
        engine.Submit(healthy[0]);
        engine.Submit(faulty);
        engine.Submit(healthy[1]);
        (await Should.ThrowAsync<Exception>(faulty.Completion)).ShouldBeAssignableTo(fault == "sampler" ? typeof(NullReferenceException) : typeof(InjectedFault));
        engine.Submit(healthy[2]);

        foreach (var request in healthy)
            (await request.Completion).Text.ShouldBe(expected);
    }

    [Fact]
    public void ATokenOutsideOfTheVocabularyIsRefusedBeforeItJoinsOthers()
    {
        using var model = TinyChat.Create();
        using var engine = new GenerationEngine(model, Options);

        Should.Throw<GenerationException>(() => engine.Submit(Request(prompt: [1, 98]))).Message.ShouldContain("token 98");
        Should.Throw<GenerationException>(() => engine.Submit(Request(prompt: [-1]))).Message.ShouldContain("token -1");
    }

    private static GenerationRequest Faulty(string fault) => fault switch
    {
        "prompt" => Request(prompt: new Failing<int>([1, 2, 3], readings: 1)),
        "sampler" => Request(sampling: null),
        "text" => Request(stops: new Failing<string>(["\u0001"], readings: 5)),
        _ => Request(pieces: new FailingChannel()),
    };

    private static GenerationRequest Request(
        IReadOnlyList<int>? prompt = null, IReadOnlyList<string>? stops = null, Channel<string>? pieces = null) =>
        Request(new SamplingOptions { Temperature = 1, Seed = 3 }, prompt, stops, pieces);

    private static GenerationRequest Request(
        SamplingOptions? sampling, IReadOnlyList<int>? prompt = null, IReadOnlyList<string>? stops = null, Channel<string>? pieces = null) => new()
    {
        Prompt = prompt ?? [1, 2, 3, 4, 5],
        Sampling = sampling!,
        Stops = stops ?? [],
        MaxTokens = 40,
        Pieces = pieces,
    };

    private sealed class InjectedFault() : Exception("injected");

    /// <summary>Can be gone through so many times, then fails.</summary>
    private sealed class Failing<T>(T[] items, int readings) : IReadOnlyList<T>
    {
        private int left = readings;

        public int Count => items.Length;

        public T this[int index] => items[index];

        public IEnumerator<T> GetEnumerator() => left-- > 0 ? items.AsEnumerable().GetEnumerator() : throw new InjectedFault();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class FailingChannel : Channel<string>
    {
        public FailingChannel() => (Reader, Writer) = (CreateUnbounded().Reader, new FailingWriter());

        private static Channel<string> CreateUnbounded() => Channel.CreateUnbounded<string>();
    }

    private sealed class FailingWriter : ChannelWriter<string>
    {
        private int left = 3;

        public override bool TryWrite(string item) => left-- > 0 ? true : throw new InjectedFault();

        public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => new(true);
    }
}
