using Plumbline.Audits;
using Plumbline.Cli.Screens;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Auditing;

/// <summary>Turns an audit's progress into counts of answers: two a case.</summary>
/// <param name="pace">Is told them.</param>
/// <param name="whenAccepted">Called at the first report: an audit reports once its folder is held and known to be its own. Null for nothing.</param>
internal sealed class AuditPace(Pace pace, Action? whenAccepted) : IProgress<AuditProgress>
{
    private readonly Lock _lock = new();
    private Action? _whenAccepted = whenAccepted;
    private string? _before = "opening the run";
    private string? _taken;
    private AuditProgress? _furthest;
    private AuditEnding? _ending;

    /// <summary>The furthest that the audit reported to be with its answers; null before it did. Reports come from many threads, in any order.</summary>
    public AuditProgress? Furthest
    {
        get
        {
            lock (_lock) return _furthest;
        }
    }

    /// <summary>What the audit does before its first case, in words; null once it asks cases.</summary>
    public string? Before
    {
        get
        {
            lock (_lock) return _before;
        }
    }

    public void Report(AuditProgress value)
    {
        lock (_lock)
        {
            _before = value.Stage switch
            {
                AuditStage.Found => _before,
                AuditStage.Probing => "probing what the models can be asked, and preparing attacks",
                AuditStage.TakenOver => "taking over answers of earlier runs",
                _ => null,
            };
            pace.Doing = _before;
            if (value.Stage == AuditStage.Answering && (_furthest is null || (value.Answers, Done(value)).CompareTo((_furthest.Answers, Done(_furthest))) >= 0)) _furthest = value;
            // Nothing begins any more: the fewer are under way, the newer is the report.
            if (value.Ending is { } ending && !(ending.UnderWay > _ending?.UnderWay)) _ending = ending;
            if (_ending is not null) pace.Ending ??= DescribeEnding;
        }

        Interlocked.Exchange(ref _whenAccepted, value: null)?.Invoke();
        if (value.Stage == AuditStage.Found) pace.Tell?.Invoke(RunLeft.DescribeFound(value));
        // A run that is gone on with took its answers over before: nothing is taken now.
        if (value.Stage == AuditStage.TakenOver && value.BaselineDone + value.CandidateDone + value.TakenScores > 0) _taken = $"{Numbers.Thousands((long)value.BaselineDone + value.CandidateDone)} taken over from earlier runs{(value.TakenScores > 0 ? $", with {Numbers.Count(value.TakenScores, "score")}" : "")}";
        if (value.Stage != AuditStage.Answering) return;
        pace.Report(
            value.BaselineDone + value.CandidateDone,
            2L * value.Total,
            value.FailedCalls > 0 ? Numbers.Count(value.FailedCalls, "failed call") : _taken);
    }

    private string? DescribeEnding()
    {
        AuditEnding? ending;
        lock (_lock) ending = _ending;
        if (ending is not { UnderWay: > 0 }) return ending?.Why;

        var left = ending.Until - pace.Now is { } time && time > TimeSpan.Zero ? $", {Pace.Duration(time)} at most" : "";
        return $"{ending.Why}: {Numbers.Count(ending.UnderWay, "answer")} under way {(ending.UnderWay == 1 ? "is" : "are")} waited for{left}";
    }

    private static long Done(AuditProgress progress) => (long)progress.BaselineDone + progress.CandidateDone;
}
