namespace Plumbline.Server.Models;

/// <summary>A model in the API's list.</summary>
internal sealed record ModelEntry(string Id, long Created, string Object = "model", string OwnedBy = "plumbline");
