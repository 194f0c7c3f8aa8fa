using Plumbline.Providers.HttpTargets;

namespace Plumbline.Providers.Models;

/// <summary>Whatever answers over HTTP, described by a file: a product's own chat, a gateway.</summary>
/// <param name="Text">The string as it was given.</param>
/// <param name="File">The description.</param>
public sealed record HttpTargetModelReference(string Text, string File) : ModelReference(Text)
{
    internal override IReadOnlyList<string> BilledAs => [HttpTargetFile.Read(File).Name];
}
