namespace Plumbline.Runs;

/// <summary>A segment that is being written.</summary>
interface ISegmentFile : IDisposable
{
    /// <summary>How many bytes it has.</summary>
    long Length { get; }

    /// <summary>Hands bytes to the operating system, behind those before: from then on a killed process does not lose them.</summary>
    /// <exception cref="IOException">The disk is full or gone; some of the bytes may have been written.</exception>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Returns when the disk holds all that was written: from then on a power cut does not lose it. May be called while another thread
    /// writes.</summary>
    void FlushToDisk();
}
