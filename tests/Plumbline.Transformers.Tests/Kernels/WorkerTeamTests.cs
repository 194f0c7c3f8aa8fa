using Plumbline.Transformers.Kernels;
using Shouldly;

namespace Plumbline.Transformers.Tests.Kernels;

public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Does_every_part_once(int threads)
    {
        using var team = new WorkerTeam(threads);
        for (var round = 0; round < 2000; round++)
        {
            var parts = round % 17;
            var done = new int[parts];
            team.Run(parts, part => Interlocked.Increment(ref done[part]));
            done.ShouldAllBe(count => count == 1);
        }
    }

    [Fact]
    public async Task Wakes_threads_that_fell_asleep()
    {
        using var team = new WorkerTeam(2);
        for (var round = 0; round < 20; round++)
        {
            // Two parts that wait for each other need two threads awake.
            using var both = new Barrier(2);
            team.Run(2, _ => both.SignalAndWait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken).ShouldBeTrue());
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void Throws_what_a_part_threw_and_works_on()
    {
        using var team = new WorkerTeam(3);
        Should.Throw<InvalidDataException>(() => team.Run(9, part =>
        {
            if (part == 4)
                throw new InvalidDataException("part 4");
        })).Message.ShouldBe("part 4");
        var done = 0;
        team.Run(9, _ => Interlocked.Increment(ref done));
        done.ShouldBe(9);
    }

    [Fact]
    public void May_be_used_from_a_part_and_from_several_threads()
    {
        using var team = new WorkerTeam(2);
        var done = 0;
        Parallel.For(0, 4, _ => team.Run(5, _ => team.Run(7, _ => Interlocked.Increment(ref done))));
        done.ShouldBe(4 * 5 * 7);
    }

    [Fact]
    public void Many_threads_on_few_cores_finish()
    {
        using var team = new WorkerTeam(16);
        long sum = 0;
        for (var round = 0; round < 200; round++)
            team.Run(64, part => Interlocked.Add(ref sum, part));
        sum.ShouldBe(200L * 64 * 63 / 2);
    }

    [Fact]
    public void Refuses_work_after_its_end()
    {
        var team = new WorkerTeam(2);
        team.Dispose();
        Should.Throw<ObjectDisposedException>(() => team.Run(2, _ => { }));
    }
}
