using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Generation;

namespace Plumbline.Server.Errors;

/// <summary>Makes of every failure the refusal that a client can read.</summary>
internal static class ErrorTranslation
{
    public static ApiException Translate(Exception exception) => exception switch
    {
        ApiException known => known,
        GenerationException { IsTooLong: true } => new ApiException(exception.Message, exception) { Code = "context_length_exceeded", Param = "messages" },
        GenerationException => new ApiException(exception.Message, exception),
        // The model's template refuses the conversation, or there is none.
        CheckpointException => new ApiException(exception.Message, exception) { Param = "messages" },
        BadHttpRequestException bad => new ApiException(
            bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "The request's body is too large. Send fewer or shorter messages." : $"The request cannot be read: {bad.Message}", bad) { Status = bad.StatusCode },
        _ => new ApiException($"The model could not answer: {exception.Message}", exception) { Status = StatusCodes.Status500InternalServerError },
    };
}
