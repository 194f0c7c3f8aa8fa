namespace Plumbline.Configuration.Sources;

/// <summary>Where a value was given.</summary>
/// <param name="Kind">Which kind of place.</param>
/// <param name="Place">The place in words: <c>--margin</c>, <c>plumbline.yaml, line 7, column 3</c>, <c>PLUMBLINE_MARGIN</c>.</param>
/// <param name="Folder">The folder that a relative path in the value starts from; null for the working folder.</param>
public sealed record Origin(OriginKind Kind, string Place, string? Folder = null)
{
    /// <summary>Nobody gave it.</summary>
    public static Origin Default { get; } = new(OriginKind.Default, "default");
}
