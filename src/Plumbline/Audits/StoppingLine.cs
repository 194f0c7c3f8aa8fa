namespace Plumbline.Audits;

/// <summary>Hands finished cases to a stopping rule in the order of the plan, each as soon as all before it are finished. Safe to use from several
/// threads.</summary>
/// <param name="rule">The rule.</param>
/// <param name="count">How many cases are planned.</param>
/// <param name="read">The case at a place in the plan, or null while a side is not finished.</param>
sealed class StoppingLine(IStoppingRule rule, int count, Func<int, PairedCase?> read)
{
    /// <summary>So many cases may be asked ahead however near the end is: one by one, the last would take too long.</summary>
    const int LeastAhead = 4;

    readonly Lock gate = new();
    readonly IStoppingWatch watch = rule.Begin();
    TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    bool isReleased;

    /// <summary>How many cases the rule was given.</summary>
    public int Taken { get; private set; }

    /// <summary>Why the run may stop; null while it may not.</summary>
    public string? Stopped { get; private set; }

    /// <summary>What the rule concluded; null where it did not, or leaves it to the decision rule.</summary>
    public EarlyVerdict? Concluded => Stopped is null ? null : watch.Concluded;

    /// <summary>The line of cases that are there, as far as they are finished.</summary>
    public static StoppingLine Over(IReadOnlyList<PairedCase> pairs, IStoppingRule rule) => Over(pairs.Count, place => pairs[place], rule);

    /// <summary>The same of cases that are made as they are asked for.</summary>
    public static StoppingLine Over(int count, Func<int, PairedCase> pair, IStoppingRule rule) => new(rule, count, place => pair(place) is { Transition: not null } finished ? finished : null);

    /// <summary>Hands over what is finished by now. True where the rule stops the run.</summary>
    public bool Advance()
    {
        lock (gate)
        {
            var before = Taken;
            while (Stopped is null && Taken < count && read(Taken) is { } next)
            {
                Taken++;
                Stopped = watch.Take(next);
            }

            if (Taken > before)
                Wake();
            return Stopped is not null;
        }
    }

    /// <summary>Waits while a case is further ahead of what the rule was given than so many cases: what is asked ahead is asked for nothing where the rule
    /// stops the run. The nearer the rule is to that, the fewer they may be, down to four.</summary>
    /// <param name="place">The case's place in the plan.</param>
    /// <param name="ahead">How many cases at most; at least 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether the case may be asked: false where no further case is to begin (<see cref="Release"/>).</returns>
    public async Task<bool> NearAsync(int place, int ahead, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (isReleased)
                    return false;
                if (Stopped is not null || place < Taken + Reach(ahead))
                    return true;
                next = moved.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Sends everybody away who waits, and whoever comes later: no further case is to begin.</summary>
    public void Release()
    {
        lock (gate)
        {
            isReleased = true;
            Wake();
        }
    }

    int Reach(int ahead) => Math.Max(Math.Min(ahead, LeastAhead), (int)Math.Ceiling(ahead * watch.WayLeft));

    void Wake()
    {
        moved.TrySetResult();
        moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
