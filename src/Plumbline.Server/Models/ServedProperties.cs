using System.Text.Json.Serialization;

namespace Plumbline.Server.Models;

/// <summary>What the server adds to each request, under the address and the name by which llama.cpp's server tells its template; the rest, of which that server has another
/// way to speak, stands under a name of its own.</summary>
/// <param name="ChatTemplate">The template's source; null where there is none.</param>
/// <param name="Plumbline">What an audit compares between two models, by the names that it has for it; null where nothing is told.</param>
internal sealed record ServedProperties(string? ChatTemplate, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Plumbline)
{
    public Task ShowAsync(HttpContext context) =>
        context.Response.WriteAsJsonAsync(this, ModelJson.Default.ServedProperties, cancellationToken: context.RequestAborted);
}
