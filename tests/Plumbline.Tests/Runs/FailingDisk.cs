using Plumbline.Runs;

namespace Plumbline.Tests.Runs;

/// <summary>A disk that fills up, that can be held in the middle of a write, and that counts. What is written is in real files.</summary>
sealed class FailingDisk(int room) : IDisposable
{
    readonly ManualResetEventSlim isFree = new(initialState: true);
    int writes;
    int flushes;

    /// <summary>How many bytes still fit.</summary>
    public int Room { get; set; } = room;

    public int Writes => Volatile.Read(ref writes);

    public int Flushes => Volatile.Read(ref flushes);

    /// <summary>Whether the next flush fails, and only that one, as a system tells of it.</summary>
    public bool FailsNextFlush { get; set; }

    /// <summary>Segments that were made and not closed.</summary>
    public int Open { get; private set; }

    public ISegmentFile Create(string path) => new Segment(this, new SegmentFile(path));

    public void Hold() => isFree.Reset();

    public void Release() => isFree.Set();

    public void Dispose() => isFree.Dispose();

    sealed class Segment : ISegmentFile
    {
        readonly FailingDisk disk;
        readonly SegmentFile file;

        public Segment(FailingDisk disk, SegmentFile file)
        {
            (this.disk, this.file) = (disk, file);
            disk.Open++;
        }

        public long Length => file.Length;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            Interlocked.Increment(ref disk.writes);
            disk.isFree.Wait();
            var fitting = Math.Min(bytes.Length, disk.Room);
            file.Write(bytes[..fitting]);
            disk.Room -= fitting;
            if (fitting < bytes.Length)
                throw new IOException("No space left on device");
        }

        public void FlushToDisk()
        {
            Interlocked.Increment(ref disk.flushes);
            if (disk.FailsNextFlush)
            {
                disk.FailsNextFlush = false;
                throw new IOException("Input/output error");
            }

            file.FlushToDisk();
        }

        public void Dispose()
        {
            disk.Open--;
            file.Dispose();
        }
    }
}
