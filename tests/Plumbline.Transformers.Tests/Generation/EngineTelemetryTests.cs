using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Plumbline.Transformers.Generation;
using Shouldly;

namespace Plumbline.Transformers.Tests.Generation;

public sealed class EngineTelemetryTests
{
    [Fact]
    public async Task TokensAndPlacesAreCounted()
    {
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == EngineTelemetry.Name)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            lock (sums)
                sums[instrument.Name] = sums.GetValueOrDefault(instrument.Name) + value;
        });
        listener.Start();
        using var model = TinyChat.Create(ends: false);
        using (var client = new ModelChatClient(model, new EngineOptions { Threads = 1 }))
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => client.GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 7 }, TestContext.Current.CancellationToken)));

        // Other tests may run beside this one: at least ours are in.
        lock (sums)
        {
            sums["plumbline.engine.answer_tokens"].ShouldBeGreaterThanOrEqualTo(21);
            sums["plumbline.engine.prompt_tokens"].ShouldBeGreaterThanOrEqualTo(3 * model.EncodeChat([new("user", "hi")], addGenerationPrompt: true).Length);
            sums.Keys.ShouldContain("plumbline.engine.running");
            sums.Keys.ShouldContain("plumbline.engine.waiting");
        }
    }
}
