using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Plumbline.Transformers.Generation;

/// <summary>What the engine tells a listener in the same process; nothing leaves it otherwise.</summary>
internal static class EngineTelemetry
{
    /// <summary>Name of the meter and the activity source.</summary>
    public const string Name = "Plumbline.Transformers";

    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Prompt tokens read.</summary>
    public static readonly Counter<long> PromptTokens = Meter.CreateCounter<long>("plumbline.engine.prompt_tokens", "{token}");

    /// <summary>Answer tokens drawn.</summary>
    public static readonly Counter<long> AnswerTokens = Meter.CreateCounter<long>("plumbline.engine.answer_tokens", "{token}");

    /// <summary>Requests that wait for a place.</summary>
    public static readonly UpDownCounter<long> Waiting = Meter.CreateUpDownCounter<long>("plumbline.engine.waiting", "{request}");

    /// <summary>Requests in progress.</summary>
    public static readonly UpDownCounter<long> Running = Meter.CreateUpDownCounter<long>("plumbline.engine.running", "{request}");

    /// <summary>Sequences advanced in one step.</summary>
    public static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>("plumbline.engine.batch", "{sequence}");
}
