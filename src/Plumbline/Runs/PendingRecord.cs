namespace Plumbline.Runs;

/// <summary>A record on its way to the journal; done when its group is with the operating system. Whoever waits goes on by himself, not inside the
/// commit.</summary>
sealed class PendingRecord(JournalRecord record, byte[] line) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public JournalRecord Record => record;

    public byte[] Line => line;
}
