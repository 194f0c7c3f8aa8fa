using System.Text.Json;
using Microsoft.Extensions.AI;
using Plumbline.Choices;
using Plumbline.Server.Errors;

namespace Plumbline.Server.ChatCompletions;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal sealed class CompletionEndpoint(IChatClient client, string modelId, TimeProvider time)
{
    public async Task AnswerAsync(HttpContext context)
    {
        // A page in a browser cannot send this type to another origin without asking first, and no one here says yes.
        if (!context.Request.HasJsonContentType())
            throw new ApiException("The body must be JSON, with the content type application/json.") { Status = StatusCodes.Status415UnsupportedMediaType };
        var request = await ReadAsync(context.Request, context.RequestAborted);
        if (!string.Equals(request.Model, modelId, StringComparison.Ordinal))
            throw new ApiException($"There is no model {request.Model} here; this server has {modelId}.") { Status = StatusCodes.Status404NotFound, Param = "model", Code = "model_not_found" };
        var id = $"chatcmpl-{Guid.NewGuid():N}";
        var created = time.GetUtcNow().ToUnixTimeSeconds();
        if (request.Stream)
            await new CompletionStream(client, request, id, created).WriteAsync(context);
        else
            await AnswerWholeAsync(context, request, id, created);
    }

    private async Task<CompletionRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
            return CompletionRequestReader.Read(document.RootElement, client.GetService<ITokenTeller>() is not null);
        }
        catch (JsonException broken)
        {
            throw new ApiException($"The body is not valid JSON (line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}).", broken);
        }
        catch (InvalidOperationException halved)
        {
            // What JsonElement throws for a text whose escapes leave half of a surrogate pair.
            throw new ApiException("The body holds a text that is not valid Unicode. Mend its \\u escapes.", halved);
        }
    }

    private async Task AnswerWholeAsync(HttpContext context, CompletionRequest request, string id, long created)
    {
        // If one choice fails, the others are not worth their tokens.
        using var all = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var answers = Enumerable.Range(0, request.Choices)
            .Select(choice => client.GetResponseAsync(request.Messages, request.OptionsOf(choice), all.Token)).ToArray();
        try
        {
            await Task.WhenAll(answers);
        }
        finally
        {
            await all.CancelAsync();
        }

        var responses = await Task.WhenAll(answers);
        var choices = responses.Select((response, index) =>
            new CompletionChoice(index, new CompletionMessage("assistant", response.Text), (response.FinishReason ?? ChatFinishReason.Stop).Value, CompletionLogprobs.Of(response, request.LikeliestTokens)));
        var body = new CompletionBody(id, created, modelId, [.. choices], CompletionUsage.Of([.. responses.Select(response => response.Usage)]));
        await context.Response.WriteAsJsonAsync(body, CompletionJson.Default.CompletionBody, cancellationToken: context.RequestAborted);
    }
}
