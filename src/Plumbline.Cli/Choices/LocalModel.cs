using Plumbline.Cli.Exits;
using Plumbline.Providers.Models;

namespace Plumbline.Cli.Choices;

/// <summary>A model that must run in this process, because its weights are looked at or changed.</summary>
internal static class LocalModel
{
    public static LocalModelReference Parse(string name) => ModelReference.Parse(name) as LocalModelReference
        ?? throw new UsageException($"'{name}' runs behind an endpoint; this needs a model's weights. Give bob, a checkpoint folder or a GGUF file, with +ADAPTER if need be.");
}
