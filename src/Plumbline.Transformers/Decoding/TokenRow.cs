namespace Plumbline.Transformers.Decoding;

/// <summary>One row of a step: where its token stands in which sequence.</summary>
internal readonly record struct TokenRow(KeyValueCache Cache, int Token, int Position, bool Wanted);
