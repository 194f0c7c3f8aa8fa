namespace Plumbline.Server.Models;

/// <summary>The API's list of models.</summary>
internal sealed record ModelList(IReadOnlyList<ModelEntry> Data, string Object = "list");
