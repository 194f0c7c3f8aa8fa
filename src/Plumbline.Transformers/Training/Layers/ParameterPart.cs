namespace Plumbline.Transformers.Training.Layers;

/// <summary>A named run of rows inside a <see cref="Parameter"/>: one projection of several that are multiplied as one.</summary>
internal readonly record struct ParameterPart(string Name, int FirstRow, int Rows);
