namespace Plumbline.Providers.Pacing;

/// <summary>
/// How many calls may be in flight: additive increase and multiplicative decrease, as TCP does it (RFC 5681). One call goes first, alone; then
/// the window doubles each round trip until the endpoint refuses one (429), and from there on grows gently. A refusal cuts it, at most once a
/// round trip: what was sent before the cut says nothing about the smaller window. It grows only while it is full, since a window that
/// nobody fills has proven nothing, and not while more than about one call in five fails for another reason. Where cutting brings no relief, a
/// <see cref="RefusalTrial"/> finds out whether the refusals have to do with the window at all. Knows no time, and is not safe to use from
/// several threads.
/// </summary>
/// <param name="max">The largest window.</param>
internal sealed class ConcurrencyWindow(int max)
{
    /// <summary>The window after the first answer.</summary>
    public const int FirstSize = 16;

    // A window that doubles each round overshoots by up to two; one that grows gently only by a little.
    private const double CutWhileDoubling = 0.5;
    private const double CutWhileGentle = 0.8;
    private const double GentleGrowth = 0.05;

    // A failure takes the growth of this many answers.
    private const int AnswersOwedForAFailure = 4;

    private readonly RefusalTrial _trial = new(max);
    private double _size = 1;
    private long _sent;
    private long _cutAt;
    private long _lastFull;
    private int _owed;

    /// <summary>Calls in flight.</summary>
    public int InFlight { get; private set; }

    /// <summary>How many may be.</summary>
    public int Size => (int)_size;

    /// <summary>Whether the endpoint has ever answered.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Whether it has refused a call as one too many, so that the window grows gently.</summary>
    public bool HasBeenCut { get; private set; }

    /// <summary>Whether it refuses calls however few there are, so that fewer would not help.</summary>
    public bool RefusesRegardless => _trial.IsOn;

    /// <summary>Whether one more call may be sent.</summary>
    public bool HasRoom => InFlight < Size;

    /// <summary>Sends a call. The result is its place in the order of sending.</summary>
    public long Enter()
    {
        InFlight++;
        _sent++;
        if (!HasRoom) _lastFull = _sent;
        return _sent;
    }

    /// <summary>Ends a call, whatever came of it.</summary>
    public void Leave() => InFlight--;

    /// <summary>A call in flight was answered.</summary>
    public void Answered(long place)
    {
        if (!HasAnswered && !HasBeenCut) _size = Math.Min(max, FirstSize);
        else if (_owed > 0) _owed--;
        // Full at any time while the call was under way: answers that come together free their places one by one.
        else if (!_trial.IsOn && _lastFull >= place && place > _cutAt) _size = Math.Min(max, _size + (HasBeenCut ? Math.Max(1, GentleGrowth * Size) / Size : 1));
        HasAnswered = true;
        Try(place, isRefusal: false);
    }

    /// <summary>A call in flight was refused as one too many.</summary>
    public void Refused(long place)
    {
        if (!_trial.IsOn && place > _cutAt) Cut(HasBeenCut ? CutWhileGentle : CutWhileDoubling);
        Try(place, isRefusal: true);
    }

    /// <summary>A call in flight failed for another reason.</summary>
    public void Stumbled(long place)
    {
        _owed = Math.Min(Size, _owed + AnswersOwedForAFailure);
        Try(place, isRefusal: false);
    }

    private void Cut(double factor)
    {
        _size = Math.Max(1, _size * factor);
        HasBeenCut = true;
        _cutAt = _sent;
        _trial.Cut(_sent, Size);
    }

    private void Try(long place, bool isRefusal)
    {
        var step = HasBeenCut ? _trial.Take(place, isRefusal, Size) : TrialStep.GoOn;
        switch (step)
        {
            // In a small window a single failure owes as much as it can: it is not many.
            case TrialStep.Widen when _owed < Size || Size <= AnswersOwedForAFailure:
                _size = Math.Min(max, _size * 2);
                break;
            case TrialStep.GiveUp:
                Cut(CutWhileDoubling);
                break;
        }

        if (step != TrialStep.GoOn) _trial.Restart(_sent, Size);
    }
}
