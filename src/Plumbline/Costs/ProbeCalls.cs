using Plumbline.Pairs;

namespace Plumbline.Costs;

/// <summary>Calls to a side before the first case, by which a run finds out what can be asked: as many as there may be.</summary>
/// <param name="Side">Who is asked.</param>
/// <param name="Calls">How many.</param>
/// <param name="Messages">Messages in all of them together.</param>
/// <param name="Characters">Characters in all of them together.</param>
/// <param name="MostOutputTokens">How long each answer may be.</param>
public sealed record ProbeCalls(Side Side, long Calls, long Messages, long Characters, int MostOutputTokens);
