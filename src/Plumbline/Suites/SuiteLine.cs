namespace Plumbline.Suites;

/// <summary>A prompt with the line it was read from, until duplicates are ruled out.</summary>
readonly record struct SuiteLine(int Line, SuitePrompt Prompt);
