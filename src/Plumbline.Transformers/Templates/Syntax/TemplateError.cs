using Plumbline.Transformers.Checkpoints;

namespace Plumbline.Transformers.Templates.Syntax;

/// <summary>Errors in a template, by line.</summary>
internal static class TemplateError
{
    /// <summary>A construct that the engine does not know.</summary>
    public static CheckpointException Unsupported(int line, string construct) =>
        new($"The chat template, line {line}: {construct} is not supported. Simplify the template, or serve the model elsewhere and name it by its endpoint.");

    /// <summary>Something that is wrong by Jinja's own rules.</summary>
    public static CheckpointException Wrong(int line, string what) => new($"The chat template, line {line}: {what}.");
}
