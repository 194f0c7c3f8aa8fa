namespace Plumbline.Server.Errors;

/// <summary>What was wrong, as OpenAI's clients read it.</summary>
internal sealed record ErrorDetail(string Message, string Type, string? Param, string? Code);
