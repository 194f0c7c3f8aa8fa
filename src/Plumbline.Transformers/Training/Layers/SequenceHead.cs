namespace Plumbline.Transformers.Training.Layers;

/// <summary>One key and value head of one sequence in a packed batch: the unit that attention shares out.</summary>
internal readonly record struct SequenceHead(int FirstRow, int Length, int KeyValueHead);
