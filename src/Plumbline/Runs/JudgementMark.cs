using System.Runtime.InteropServices;

namespace Plumbline.Runs;

/// <summary>What is known of a judgement without reading its reason, in 16 bytes.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Outline">The number of its outline (<see cref="JudgementOutlines"/>); 0 where there is no judgement.</param>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
readonly record struct JudgementMark(RecordPlace Place, int Outline);
