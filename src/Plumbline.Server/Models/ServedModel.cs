using Plumbline.Server.Errors;

namespace Plumbline.Server.Models;

/// <summary>The one model that the server has.</summary>
/// <param name="Id">Its name in the API.</param>
/// <param name="Created">When it was taken up, in Unix seconds.</param>
internal sealed record ServedModel(string Id, long Created)
{
    public Task ListAsync(HttpContext context) =>
        context.Response.WriteAsJsonAsync(new ModelList([Entry]), ModelJson.Default.ModelList, cancellationToken: context.RequestAborted);

    public Task ShowAsync(HttpContext context) =>
        string.Equals(context.Request.RouteValues["id"] as string, Id, StringComparison.Ordinal)
            ? context.Response.WriteAsJsonAsync(Entry, ModelJson.Default.ModelEntry, cancellationToken: context.RequestAborted)
            : throw new ApiException($"There is no model {context.Request.RouteValues["id"]} here; this server has {Id}.") { Status = StatusCodes.Status404NotFound, Code = "model_not_found" };

    private ModelEntry Entry => new(Id, Created);
}
