namespace Plumbline.Server.Models;

/// <summary>What the server adds to each request, under the address and the name by which llama.cpp's server tells it.</summary>
/// <param name="ChatTemplate">The template's source; null where there is none.</param>
internal sealed record ServedProperties(string? ChatTemplate)
{
    public Task ShowAsync(HttpContext context) =>
        context.Response.WriteAsJsonAsync(this, ModelJson.Default.ServedProperties, cancellationToken: context.RequestAborted);
}
