namespace Plumbline.Runs;

/// <summary>Where a record stands in the journal.</summary>
/// <param name="Segment">The number of its segment.</param>
/// <param name="Offset">Its line's first byte.</param>
/// <param name="Length">Its line's length in bytes, with the line feed.</param>
readonly record struct RecordPlace(int Segment, long Offset, int Length);
