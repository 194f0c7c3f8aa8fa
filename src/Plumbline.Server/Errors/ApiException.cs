namespace Plumbline.Server.Errors;

/// <summary>A request that is refused, with the status and the body that the OpenAI API gives for it.</summary>
internal sealed class ApiException : Exception
{
    /// <summary>For serializers.</summary>
    public ApiException()
    {
    }

    /// <summary>A complete sentence about what was wrong.</summary>
    public ApiException(string message)
        : base(message)
    {
    }

    /// <summary>A complete sentence about what was wrong, and its cause.</summary>
    public ApiException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; } = StatusCodes.Status400BadRequest;

    /// <summary>OpenAI's class of error.</summary>
    public string Type => Status switch
    {
        StatusCodes.Status401Unauthorized => "authentication_error",
        >= 500 => "server_error",
        _ => "invalid_request_error",
    };

    /// <summary>The request's field at fault, if it is one.</summary>
    public string? Param { get; init; }

    /// <summary>OpenAI's code for programs, if there is one.</summary>
    public string? Code { get; init; }
}
