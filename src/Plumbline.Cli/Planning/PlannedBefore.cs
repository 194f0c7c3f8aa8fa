namespace Plumbline.Cli.Planning;

/// <summary>What is asked before the first case, at most.</summary>
/// <param name="DecodeCalls">Calls to the baseline that show which encodings it can decode.</param>
/// <param name="Encodings">Which encodings those are.</param>
/// <param name="ContinuationCalls">Calls to each model behind an endpoint of which it is not known whether it goes on from a begun answer.</param>
/// <param name="HelperCalls">Calls to the helper model, to prepare attacks.</param>
/// <param name="Helper">The helper model; null where none is named.</param>
/// <param name="ChoiceCalls">Calls to each model behind an endpoint that show whether it tells the probabilities of an answer's first tokens, where the suite has questions with
/// lettered options; of one token each.</param>
internal sealed record PlannedBefore(int DecodeCalls, IReadOnlyList<string> Encodings, int ContinuationCalls, int HelperCalls, string? Helper, int ChoiceCalls);
