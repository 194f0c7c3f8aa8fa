using Plumbline.Cli.Exits;
using Plumbline.Reports.Evidence;

namespace Plumbline.Cli.Choices;

/// <summary>A key by the PEM file that it lies in.</summary>
internal static class KeyFile
{
    /// <exception cref="UsageException">There is no such file.</exception>
    /// <exception cref="EvidenceException">It holds no key that can be used.</exception>
    public static EvidenceKey Read(string path)
    {
        if (!File.Exists(path)) throw new UsageException($"There is no key file '{path}'.");
        return EvidenceKey.Read(File.ReadAllText(path), path);
    }
}
