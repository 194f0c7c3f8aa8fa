namespace Plumbline.Server.Errors;

/// <summary>The body of a refusal.</summary>
internal sealed record ErrorBody(ErrorDetail Error)
{
    public static ErrorBody Of(ApiException error) => new(new ErrorDetail(error.Message, error.Type, error.Param, error.Code));
}
