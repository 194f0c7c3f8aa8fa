using System.Runtime.ExceptionServices;

namespace Plumbline.Transformers.Kernels;

/// <summary>
/// A few threads that share the parts of one job at a time. What a part does depends on its number alone, so results do not depend on how
/// many threads there are or on which of them takes which part.
/// </summary>
/// <remarks>
/// The caller works too, and a thread that comes late to a job finds nothing left to do: when other processes hold the cores, a job
/// takes no longer than the caller alone would need for what remains. Idle threads watch for work for some microseconds, because the
/// next job of a decoder follows at once, and then sleep.
/// </remarks>
internal sealed class WorkerTeam : IDisposable
{
    // Some 50 µs (SpinWait(1) is about 35 ns): longer than the serial stretch between two products of a decoder, shorter than a scheduler's slice.
    private const int IdleSpins = 1500;

    private readonly Thread[] threads;
    private readonly object gate = new();
    private readonly object finished = new();
    private Job? current;
    private int sleepers;
    private bool stopped;

    /// <summary>A team of <paramref name="threads"/>, the caller of <see cref="Run"/> among them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one thread.</exception>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        this.threads = new Thread[threads - 1];
        for (var i = 0; i < this.threads.Length; i++)
        {
            this.threads[i] = new Thread(Work) { IsBackground = true, Name = $"Plumbline worker {i + 1}" };
            this.threads[i].Start();
        }
    }

    /// <summary>Threads, the caller's included.</summary>
    public int Count => threads.Length + 1;

    /// <summary>Memory that kernels borrow and give back.</summary>
    public ScratchPool Scratch { get; } = new();

    /// <summary>
    /// Calls <paramref name="body"/> once with each of 0 … <paramref name="parts"/> − 1 and returns when all calls have. May be called from
    /// a body, or from several threads at once.
    /// </summary>
    /// <remarks>The first exception that a body throws is thrown here as it was, once every part that had begun is over.</remarks>
    /// <exception cref="ObjectDisposedException">After <see cref="Dispose"/>.</exception>
    public void Run(int parts, Action<int> body)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref stopped), this);
        if (parts <= 1 || threads.Length == 0)
        {
            for (var part = 0; part < parts; part++)
                body(part);
            return;
        }

        var job = new Job(parts, body, finished);
        Volatile.Write(ref current, job);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref sleepers) > 0)
        {
            lock (gate)
                Monitor.PulseAll(gate);
        }

        job.Work();
        job.Wait();
        Interlocked.CompareExchange(ref current, null, job);
        job.ThrowIfFailed();
    }

    /// <summary>Ends the threads and waits for them.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            Volatile.Write(ref stopped, true);
            Monitor.PulseAll(gate);
        }

        foreach (var thread in threads)
            thread.Join();
        Scratch.Dispose();
    }

    private void Work()
    {
        Job? seen = null;
        while (!Volatile.Read(ref stopped))
        {
            var job = Volatile.Read(ref current);
            if (job is not null && job != seen)
                job.Work();
            else
                AwaitOther(job);
            seen = job;
        }
    }

    private void AwaitOther(Job? seen)
    {
        for (var spin = 0; spin < IdleSpins; spin++)
        {
            if (Volatile.Read(ref current) != seen)
                return;
            Thread.SpinWait(1);
        }

        lock (gate)
        {
            // The increment is a full fence: either this thread sees the new job, or Run sees this sleeper.
            Interlocked.Increment(ref sleepers);
            while (Volatile.Read(ref current) == seen && !stopped)
                Monitor.Wait(gate);
            Interlocked.Decrement(ref sleepers);
        }
    }

    private sealed class Job(int parts, Action<int> body, object gate)
    {
        // A finished job leaves within this many looks unless a thread of it was interrupted; then the core is better given away.
        private const int DoneSpins = 4000;

        private int next = -1;
        private int done;
        private bool waited;
        private ExceptionDispatchInfo? failure;

        public void Work()
        {
            for (var part = Interlocked.Increment(ref next); part < parts; part = Interlocked.Increment(ref next))
            {
                Do(part);
                if (Interlocked.Increment(ref done) == parts && Volatile.Read(ref waited))
                {
                    lock (gate)
                        Monitor.PulseAll(gate);
                }
            }
        }

        public void Wait()
        {
            for (var spin = 0; spin < DoneSpins && Volatile.Read(ref done) < parts; spin++)
                Thread.SpinWait(1);
            if (Volatile.Read(ref done) >= parts)
                return;
            lock (gate)
            {
                Volatile.Write(ref waited, true);
                Interlocked.MemoryBarrier();
                while (Volatile.Read(ref done) < parts)
                    Monitor.Wait(gate);
            }
        }

        public void ThrowIfFailed() => failure?.Throw();

        private void Do(int part)
        {
            if (Volatile.Read(ref failure) is not null)
                return;
#pragma warning disable CA1031 // Thrown again by the caller of Run.
            try
            {
                body(part);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
            }
#pragma warning restore CA1031
        }
    }
}
