using System.Runtime.InteropServices;

namespace Plumbline.Runs;

/// <summary>Where a record stands in the journal: 12 bytes, because a long run remembers some hundred thousand of them.</summary>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
readonly record struct RecordPlace
{
    const int OffsetBits = 40;
    const long LongestSegment = 1L << OffsetBits;
    const int MostSegments = 1 << (64 - OffsetBits);

    readonly ulong segmentAndOffset;

    /// <summary>Notes a place.</summary>
    /// <param name="segment">The number of its segment; below 16 million.</param>
    /// <param name="offset">Its line's first byte; below a tebibyte.</param>
    /// <param name="length">Its line's length in bytes, with the line feed.</param>
    public RecordPlace(int segment, long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)segment, (uint)MostSegments, nameof(segment));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)offset, (ulong)LongestSegment, nameof(offset));
        segmentAndOffset = ((ulong)segment << OffsetBits) | (ulong)offset;
        Length = length;
    }

    /// <summary>The number of its segment.</summary>
    public int Segment => (int)(segmentAndOffset >> OffsetBits);

    /// <summary>Its line's first byte.</summary>
    public long Offset => (long)(segmentAndOffset & (LongestSegment - 1));

    /// <summary>Its line's length in bytes, with the line feed.</summary>
    public int Length { get; }
}
