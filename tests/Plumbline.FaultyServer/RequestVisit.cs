namespace Plumbline.FaultyServer;

/// <summary>A request while it is in progress.</summary>
/// <param name="number">Its number, from 1.</param>
/// <param name="inProgress">How many are in progress with it.</param>
/// <param name="arrived">When it came, by the machine's steady clock.</param>
internal sealed class RequestVisit(long number, int inProgress, long arrived)
{
    public long Number => number;

    public int InProgress => inProgress;

    public long Arrived => arrived;

    /// <summary>What was asked, where it was answered whole.</summary>
    public UInt128? Answered { get; set; }

    /// <summary>What it was about; null where the server does not look.</summary>
    public string? Subject { get; set; }

    /// <summary>When the answer was ready to be sent.</summary>
    public long AnsweredAt { get; set; }
}
