using Plumbline.Transformers.Training.Layers;
using Shouldly;

namespace Plumbline.Transformers.Tests.Training.Layers;

public sealed class ParameterStoreTests
{
    [Fact]
    public void Threads_that_meet_at_the_first_use_get_the_same_buffers()
    {
        // The window is as long as it takes to clear the memory, some 100 µs here; without a guard most rounds lose a buffer.
        const int Threads = 4, Rounds = 20;
        for (var round = 0; round < Rounds; round++)
        {
            using var store = new ParameterStore();
            store.Add("weight", 512, 512, decays: true);
            var (values, gradients) = (new nint[Threads], new nint[Threads]);
            using var start = new Barrier(Threads);
            var threads = Enumerable.Range(0, Threads).Select(i => new Thread(() => Use(store, start, ref values[i], ref gradients[i]))).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());

            values.Distinct().Count().ShouldBe(1);
            gradients.Distinct().Count().ShouldBe(1);
        }
    }

    private static unsafe void Use(ParameterStore store, Barrier start, ref nint values, ref nint gradients)
    {
        start.SignalAndWait();
        values = (nint)store.Values;
        start.SignalAndWait();
        gradients = (nint)store.Gradients;
    }
}
