using System.Reflection;
using System.Runtime.InteropServices;

namespace Plumbline.Audits.Deriving;

/// <summary>What code runs: two builds of one version are not the same one where a source was changed between them.</summary>
public static class BuildIdentity
{
    /// <summary>The identity of some assemblies and of what runs them.</summary>
    /// <param name="assemblies">The assemblies. The id of a module is made by the compiler from all that it compiled.</param>
    public static string Of(params IEnumerable<Assembly> assemblies) => string.Join('\n',
    [
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.RuntimeIdentifier,
        .. assemblies.SelectMany(assembly => (string[])
        [
            assembly.FullName!,
            assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            assembly.ManifestModule.ModuleVersionId.ToString(),
            .. assembly.GetReferencedAssemblies().Select(used => used.FullName),
        ]),
    ]);
}
