using System.Runtime.InteropServices;
using Plumbline.Cli.Setup;
using Shouldly;

namespace Plumbline.Cli.Tests.Setup;

public sealed class NativeHeapTests
{
    private const int Blocks = 100;
    private const int MostTried = 20_000;

    // IS_MMAPPED of glibc's malloc.c, in the size that stands in front of each block.
    private const nuint HasOwnMapping = 2;

    /// <summary>A block that has a mapping of its own goes back to the system when it is let go; one in a heap stays there. What earlier tests left free in the heaps is used up first.</summary>
    [Fact]
    public unsafe void Blocks_as_large_as_the_compilers_get_mappings_of_their_own()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var glibc) && NativeLibrary.TryGetExport(glibc, "mallinfo2", out _), "Only glibc marks the blocks that have a mapping of their own.");

        NativeHeap.GiveBackAtOnce();

        var blocks = new List<nint>();
        var mapped = 0;
        for (; mapped < Blocks && blocks.Count < MostTried; mapped += (((nuint*)blocks[^1])[-1] & HasOwnMapping) != 0 ? 1 : 0)
            blocks.Add((nint)NativeMemory.Alloc(70_000));
        blocks.ForEach(block => NativeMemory.Free((void*)block));
        mapped.ShouldBe(Blocks);
    }
}
