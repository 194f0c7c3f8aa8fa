namespace Plumbline.Transformers.Training.Layers;

/// <summary>A low-rank adapter on some rows of a projection.</summary>
/// <param name="Module">Name of the adapted module, such as <c>model.layers.0.self_attn.q_proj</c>.</param>
/// <param name="FirstRow">Its first output in the projection.</param>
/// <param name="Rows">Its outputs.</param>
/// <param name="Id">A number of its own among a decoder's adapters, for its dropout.</param>
/// <param name="A">[rank, in].</param>
/// <param name="B">[out, rank].</param>
internal sealed record AdapterPart(string Module, int FirstRow, int Rows, int Id, Parameter A, Parameter B);
