using Microsoft.AspNetCore.Components;

namespace Plumbline.Reports.Page;

/// <summary>Makes components by their constructors without parameters. The framework's own way compiles a method for each of them first, which takes longer than a page.</summary>
internal sealed class ComponentActivator : IComponentActivator
{
    /// <inheritdoc/>
    public IComponent CreateInstance(Type componentType) => (IComponent)Activator.CreateInstance(componentType)!;
}
