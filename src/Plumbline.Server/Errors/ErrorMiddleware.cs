namespace Plumbline.Server.Errors;

/// <summary>Answers failures in OpenAI's error JSON, also where no endpoint was found.</summary>
internal sealed class ErrorMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
#pragma warning disable CA1031 // The outermost place: whatever went wrong is told to the client.
        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.Response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed)
                throw NoSuchEndpoint(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; no one reads an answer.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var error = ErrorTranslation.Translate(exception);
            context.Response.StatusCode = error.Status;
            await context.Response.WriteAsJsonAsync(ErrorBody.Of(error), ErrorJson.Default.ErrorBody, cancellationToken: context.RequestAborted);
        }
#pragma warning restore CA1031
    }

    private static ApiException NoSuchEndpoint(HttpContext context) =>
        new($"There is no {context.Request.Method} {context.Request.Path}. This server has POST /v1/chat/completions, GET /v1/models and GET /healthz.") { Status = context.Response.StatusCode };
}
