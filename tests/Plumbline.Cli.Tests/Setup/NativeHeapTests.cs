using System.Runtime.InteropServices;
using Plumbline.Cli.Setup;
using Shouldly;

namespace Plumbline.Cli.Tests.Setup;

public sealed class NativeHeapTests
{
    private const int Blocks = 100;

    /// <summary>A block that has a mapping of its own goes back to the system when it is let go; one in a heap stays there. Other threads of the tests map a few, too.</summary>
    [Fact]
    public unsafe void Blocks_as_large_as_the_compilers_get_mappings_of_their_own()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var glibc) && NativeLibrary.TryGetExport(glibc, "mallinfo2", out _), "Only glibc from 2.33 on tells how many blocks are mapped.");

        NativeHeap.GiveBackAtOnce();

        var before = (long)Usage().MappedBlocks;
        var blocks = Enumerable.Range(0, Blocks).Select(_ => (nint)NativeMemory.Alloc(70_000)).ToList();
        var with = (long)Usage().MappedBlocks;
        blocks.ForEach(block => NativeMemory.Free((void*)block));
        (with - before).ShouldBeGreaterThan(Blocks / 2);
    }

    [DllImport("libc.so.6", EntryPoint = "mallinfo2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern HeapUsage Usage();

    /// <summary>struct mallinfo2 of malloc.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct HeapUsage
    {
        public nuint Arena, FreeChunks, FastBins, MappedBlocks, MappedBytes, MostUsed, FastBytes, UsedBytes, FreeBytes, TopBytes;
    }
}
