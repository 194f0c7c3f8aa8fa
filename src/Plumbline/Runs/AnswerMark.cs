using System.Runtime.InteropServices;

namespace Plumbline.Runs;

/// <summary>What is known of an answer without reading it, in 16 bytes.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Standing">What can become of it.</param>
/// <param name="IsRetried">Whether attempts before it failed.</param>
/// <param name="IsInputUntold">Whether the server did not tell how many tokens it read.</param>
/// <param name="IsTaken">Whether it was taken over from an earlier run.</param>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
readonly record struct AnswerMark(RecordPlace Place, AnswerStanding Standing, bool IsRetried, bool IsInputUntold, bool IsTaken = false);
