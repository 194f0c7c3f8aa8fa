namespace Plumbline.Transformers.Generation;

/// <summary>How much of the machine a <see cref="ModelChatClient"/> may use. Each limit is positive; another value throws.</summary>
public sealed record EngineOptions
{
    /// <summary>Threads that compute. Answers do not depend on it.</summary>
    public int Threads { get; init => field = Positive(value); } = Environment.ProcessorCount;

    /// <summary>Most requests in progress at once; more wait their turn.</summary>
    public int MaxBatch { get; init => field = Positive(value); } = 64;

    /// <summary>Most bytes of keys and values of all requests in progress.</summary>
    public long CacheBytes { get; init => field = Positive(value); } = 2L << 30;

    /// <summary>Most tokens in one step. A longer prompt is read over several steps, between which others go on.</summary>
    public int StepTokens { get; init => field = Positive(value); } = 256;

    /// <summary>Token limit of a request that states none; the model's own limit applies as well.</summary>
    public int MaxOutputTokens { get; init => field = Positive(value); } = 512;

    /// <summary>Seeds the requests that sample and state no seed, in the order of their arrival.</summary>
    public long Seed { get; init; }

    private static T Positive<T>(T value)
        where T : System.Numerics.INumberBase<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        return value;
    }
}
