using System.Globalization;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Screens;

/// <summary>How far something is, how fast it goes, and how long it still takes. Safe to report to from any thread.</summary>
internal sealed class Pace(string title, string unit, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _started = time.GetTimestamp();
    private long _doneAtStart = -1;
    private long _done;
    private long _total;
    private string? _note;
    private string? _doing;

    public string Title => title;

    /// <summary>What is done before there is anything to count, such as "probing the models"; null for nothing in particular. Set before the first report.</summary>
    public string? Doing
    {
        get
        {
            lock (_lock) return _doing;
        }

        set
        {
            lock (_lock) _doing = value;
        }
    }

    /// <summary>Says what the work waits for at the moment, null where nothing holds it up; asked each time that the pace is described.</summary>
    public Func<string?>? WaitingFor { get; set; }

    /// <summary>Says what is waited for where nothing further begins, null while it goes on: then neither a speed nor a time left means anything.</summary>
    public Func<string?>? Ending { get; set; }

    /// <summary>Tells a line beside the progress, at once; null where nobody shows it.</summary>
    public Action<string>? Tell { get; set; }

    /// <summary>What the clock says.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The share that is done, from 0 to 1; 0 where the total is not known yet.</summary>
    public double Share
    {
        get
        {
            lock (_lock) return _total > 0 ? Math.Min(1, (double)_done / _total) : 0;
        }
    }

    /// <summary>Takes the newest count. What was already done at the first report (a resumed run) does not count towards the speed.</summary>
    public void Report(long done, long total, string? note = null)
    {
        lock (_lock)
        {
            if (_doneAtStart < 0)
            {
                _doneAtStart = done;
                _started = time.GetTimestamp();
            }

            (_done, _total, _note) = (done, total, note ?? _note);
        }
    }

    /// <summary>"40/250 cases, 12.5 cases/s, 17 s left", the note, and what the work waits for.</summary>
    public string Describe() => WaitingFor?.Invoke() is { } wait ? $"{DescribeProgress()}, {wait}" : DescribeProgress();

    /// <summary>A duration as people say it: "8 s", "2 min 5 s", "1 h 2 min".</summary>
    public static string Duration(TimeSpan duration)
    {
        var seconds = (long)Math.Ceiling(duration.TotalSeconds);
        return seconds < 60 ? $"{seconds} s"
            : seconds < 3600 ? $"{seconds / 60} min {seconds % 60} s"
            : $"{seconds / 3600} h {seconds % 3600 / 60} min";
    }

    private string DescribeProgress()
    {
        var ending = Ending?.Invoke();
        lock (_lock)
        {
            if (_total <= 0) return ending ?? _doing ?? "starting";

            var seconds = time.GetElapsedTime(_started).TotalSeconds;
            var rate = seconds > 0 ? (_done - Math.Max(0, _doneAtStart)) / seconds : 0;
            var parts = new List<string> { $"{Numbers.Thousands(_done)}/{Numbers.Thousands(_total)} {unit}" };
            if (ending is not null) parts.Add(ending);
            else if (rate > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{(rate >= 100 ? Numbers.Thousands((long)Math.Round(rate)) : $"{rate:0.0}")} {unit}/s"));
            if (ending is null && rate > 0 && _done < _total) parts.Add(Duration(TimeSpan.FromSeconds((_total - _done) / rate)) + " left");
            if (_note is not null) parts.Add(_note);
            return string.Join(", ", parts);
        }
    }
}
