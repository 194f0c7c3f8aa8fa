namespace Plumbline.Runs;

/// <summary>The first record of every segment: which run it belongs to, and who wrote it.</summary>
/// <param name="At">When the segment was started.</param>
/// <param name="Format">The run format.</param>
/// <param name="RunId">The run.</param>
/// <param name="ToolVersion">The version of Plumbline that writes.</param>
public sealed record OpenedRecord(DateTimeOffset At, string Format, string RunId, string ToolVersion) : JournalRecord(At);
