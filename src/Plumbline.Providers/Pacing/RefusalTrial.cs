namespace Plumbline.Providers.Pacing;

/// <summary>
/// Finds out whether refusals depend on how many calls are in flight. Some servers refuse a share of all calls whatever a client does: another
/// client's load, a gateway that sheds at random. Cutting the window to nothing for them spares no refusal and costs nearly all the speed. So
/// where a good many calls after a cut are still refused, the window is doubled and the share is counted anew: as high as before, and it is
/// doubled again; higher than chance explains, and the doubling is taken back, and the next trial needs twice the evidence. A sample is a run of calls in the order of
/// sending, never of ending: refusals come back at once and answers only later, so whoever counts what comes back first counts too many
/// refusals. Not safe to use from several threads.
/// </summary>
/// <param name="max">The largest window.</param>
internal sealed class RefusalTrial(int max)
{
    private const int LeastSample = 24;
    private const int LargestSample = LeastSample << 8;

    // Where the window is as large as may be, each sample is twice as long as the one before, up to this: in many short ones, chance looks like an effect sooner or later.
    private const int LongestConfirmed = LeastSample << 3;

    // Fewer are what a window that grows until it is refused brings on itself; more are an endpoint that lets next to nothing through.
    private const double LeastShare = 0.05;
    private const double MostShare = 0.6;

    // Standard errors above the share so far: one time in a thousand, chance looks like an effect.
    private const double Deviations = 3;

    private int _needed = LeastSample;
    private int _confirming = LeastSample;
    private double? _share;
    private int _sizeAtStart = int.MaxValue;
    private long _since;
    private int _ended;
    private int _refused;

    /// <summary>Whether refusals count as independent of the window, for now.</summary>
    public bool IsOn => _share is not null;

    /// <summary>Takes the end of one call in.</summary>
    /// <param name="place">Its place in the order of sending.</param>
    /// <param name="isRefusal">Whether it was refused.</param>
    /// <param name="size">The window.</param>
    public TrialStep Take(long place, bool isRefusal, int size)
    {
        var full = IsOn ? Math.Max(_confirming, size) : _needed;
        if (place <= _since || place > _since + full) return TrialStep.GoOn;
        _ended++;
        if (isRefusal) _refused++;

        // The last few may hang, and are not waited for.
        var isFull = _ended >= full - (full / 8);
        return _share is { } share ? Compare(share, full, isFull) : isFull ? Consider() : TrialStep.GoOn;
    }

    /// <summary>Begins a new sample with what is sent after <paramref name="place"/>.</summary>
    public void Restart(long place, int size)
    {
        _confirming = IsOn && size == max && size == _sizeAtStart ? Math.Min(LongestConfirmed, _confirming * 2) : LeastSample;
        (_since, _sizeAtStart, _ended, _refused) = (place, size, 0, 0);
    }

    /// <summary>The window was cut: where it is half of what the sample began with, what was counted says nothing about it any more.</summary>
    public void Cut(long place, int size)
    {
        if (size <= _sizeAtStart / 2) Restart(place, size);
    }

    private TrialStep Consider()
    {
        var share = (double)_refused / _ended;
        if (share is < LeastShare or > MostShare) return TrialStep.Stay;
        _share = share;
        return TrialStep.Widen;
    }

    private TrialStep Compare(double share, int full, bool isFull)
    {
        if (_refused > (share + (Deviations * Math.Sqrt(share * (1 - share) / full))) * full)
        {
            _share = null;
            _needed = Math.Min(LargestSample, _needed * 2);
            return TrialStep.GiveUp;
        }

        if (!isFull) return TrialStep.GoOn;
        _share = (0.75 * share) + (0.25 * _refused / _ended);
        _needed = Math.Max(LeastSample, _needed / 2);
        return TrialStep.Widen;
    }
}
