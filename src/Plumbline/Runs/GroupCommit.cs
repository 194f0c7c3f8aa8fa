using System.Buffers;

namespace Plumbline.Runs;

/// <summary>
/// Writes records in groups: all that came in while one group was being written are the next, in one write. Nobody waits for a group to fill, so a
/// record waits for two writes at most: a thread of its own does them, since in the pool a write would stand behind all that is busy with answers, and
/// each of those lets a further call go whose answer would be lost with it. A record is done once its group is with the operating system; the disk is
/// asked to keep it within <see cref="DiskDelay"/>, beside the writing, however few records follow.
/// </summary>
/// <param name="begin">Begins the segment, when the first record comes.</param>
/// <param name="require">Throws where a record cannot be true together with those before it: that one is not written, and fails alone.</param>
/// <param name="committed">Is told of each record that is with the operating system, in order, before whoever waits for it.</param>
/// <param name="time">The clock of the disk's delay.</param>
sealed class GroupCommit(Func<ISegmentFile> begin, Action<JournalRecord> require, GroupCommit.Committed committed, TimeProvider time) : IDisposable
{
    /// <summary>Takes a record that is with the operating system.</summary>
    /// <param name="record">The record.</param>
    /// <param name="offset">Its line's first byte in the segment.</param>
    /// <param name="line">The line, with its line feed.</param>
    public delegate void Committed(JournalRecord record, long offset, ReadOnlySpan<byte> line);

    /// <summary>How long a record may be with the operating system alone: what a power cut can cost.</summary>
    public static readonly TimeSpan DiskDelay = TimeSpan.FromSeconds(1);

    readonly Lock queueLock = new();
    readonly Lock fileLock = new();
    readonly Lock diskLock = new();
    readonly AutoResetEvent came = new(initialState: false);
    readonly ArrayBufferWriter<byte> bytes = new();
    List<PendingRecord> queue = [];
    List<PendingRecord> group = [];
    Thread? writer;
    ISegmentFile? file;
    ITimer? flush;
    bool isFlushDue;
    Exception? failure;
    Exception? notKept;
    bool isDisposed;

    /// <summary>Takes a record in. The task ends when it is with the operating system, and there is no way to call it back: what is finished is
    /// kept.</summary>
    /// <exception cref="IOException">It, or one before it, could not be written; no further one is.</exception>
    public Task CommitAsync(JournalRecord record, byte[] line)
    {
        var pending = new PendingRecord(record, line);
        lock (queueLock)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            queue.Add(pending);
            if (queue.Count > 1)
                return pending.Task;
            writer ??= Begin();
        }

        came.Set();
        return pending.Task;
    }

    /// <summary>Writes what is still waiting, asks the disk to keep all, and closes the segment.</summary>
    /// <exception cref="IOException">The disk does not keep it.</exception>
    public void Dispose()
    {
        lock (queueLock)
        {
            if (isDisposed)
                return;
            isDisposed = true;
        }

        came.Set();
        writer?.Join();
        came.Dispose();
        lock (fileLock)
            flush?.Dispose();
        lock (diskLock)
        {
            using var last = file;
            file = null;
            last?.FlushToDisk();
        }

        // The system tells once that the disk did not keep something, and says yes to whoever asks after that.
        if (notKept is not null)
            throw Failed(notKept);
    }

    Thread Begin()
    {
        var thread = new Thread(WriteAll) { IsBackground = true, Name = "journal" };
        thread.Start();
        return thread;
    }

    void WriteAll()
    {
        while (true)
        {
            came.WaitOne();
            bool isLast;
            lock (queueLock)
                (group, queue, isLast) = (queue, group, isDisposed);
            lock (fileLock)
                WriteGroup();
            if (isLast)
                return;
        }
    }

    void WriteGroup()
    {
        // Once it is in the file, a record that cannot be true makes the run one that nobody can open.
        group.RemoveAll(IsRefused);
        try
        {
            if (group.Count > 0)
                Write();
        }
        catch (Exception e)
        {
            // After a failed write the segment may end in half a line; anything behind it would turn a torn end into damage.
            failure ??= e;
            group.ForEach(pending => pending.TrySetException(Failed(failure)));
        }

        group.Clear();
    }

    bool IsRefused(PendingRecord pending)
    {
        try
        {
            require(pending.Record);
            return false;
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException)
        {
            pending.TrySetException(e);
            return true;
        }
    }

    void Write()
    {
        if (failure is not null)
            throw Failed(failure);

        file ??= begin();
        bytes.ResetWrittenCount();
        group.ForEach(pending => bytes.Write(pending.Line));
        var offset = file.Length;
        file.Write(bytes.WrittenSpan);

        // Before anybody is told: who knows that a record is written can count on the second.
        AskForFlush();
        foreach (var pending in group)
        {
            committed(pending.Record, offset, pending.Line);
            offset += pending.Line.Length;
            pending.SetResult();
        }
    }

    void AskForFlush()
    {
        if (isFlushDue)
            return;
        isFlushDue = true;
        flush ??= time.CreateTimer(static commit => ((GroupCommit)commit!).Flush(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        flush.Change(DiskDelay, Timeout.InfiniteTimeSpan);
    }

    // Records that are written meanwhile ask for a flush of their own: it may be too late for this one.
    void Flush()
    {
        lock (fileLock)
            isFlushDue = false;
        lock (diskLock)
        {
            try
            {
                file?.FlushToDisk();
            }
            catch (Exception e)
            {
                // Nobody waits here: the next record is told, and so is the end of the run.
                notKept ??= e;
                lock (fileLock)
                    failure ??= e;
            }
        }
    }

    static JournalException Failed(Exception failure) => new(failure);
}
