using System.Runtime.InteropServices;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Bench;

/// <summary>Where figures were taken.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var model = OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, {Isa.Name}, {RuntimeInformation.FrameworkDescription}";
    }
}
