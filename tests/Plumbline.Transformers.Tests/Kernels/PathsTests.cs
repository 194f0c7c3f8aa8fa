using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;
using Plumbline.Transformers.Kernels.Simd;
using Shouldly;

namespace Plumbline.Transformers.Tests.Kernels;

/// <summary>Runs this folder's other tests again in processes that the runtime's switches hold to a lower path.</summary>
public sealed class PathsTests
{
    private const string ExpectedPath = "PLUMBLINE_TEST_EXPECTED_PATH";

    private const string Emulate = "PLUMBLINE_TEST_EMULATE_AVX512";

    /// <summary>Before anything asks for the path.</summary>
    [ModuleInitializer]
    internal static void EmulateIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Emulate) is not null)
            AppContext.SetSwitch(Isa.EmulationSwitch, true);
    }

    [Theory]
    [InlineData("EnableAVX2")]
    [InlineData("EnableHWIntrinsic")]
    public async Task The_portable_path_passes_the_same_tests(string off) => await RunAgainAsync("portable", "DOTNET_" + off, "0");

    [Fact]
    public async Task The_AVX2_path_passes_the_same_tests()
    {
        Assert.SkipUnless(Isa.IsAvx2, "This processor has no AVX2 with FMA: only the portable path can be tested here.");
        await RunAgainAsync("AVX2", "DOTNET_EnableAVX512", "0");
    }

    [Fact]
    public async Task The_AVX_512_path_passes_the_same_tests_emulated() =>
        await RunAgainAsync(Vector512.IsHardwareAccelerated ? "AVX-512" : "AVX-512 emulated", Emulate, "1");

    [Fact]
    public void The_AVX_512_path_is_the_one_under_test()
    {
        Assert.SkipUnless(
            Vector512.IsHardwareAccelerated, "This processor has no AVX-512: its path runs in the runtime's emulation only.");
        Isa.Name.ShouldBe(Environment.GetEnvironmentVariable(ExpectedPath) ?? "AVX-512");
    }

    [Fact]
    public void This_process_takes_the_path_it_was_started_for()
    {
        if (Environment.GetEnvironmentVariable(ExpectedPath) is { } expected)
            Isa.Name.ShouldBe(expected);
        else
            Isa.Name.ShouldBeOneOf("AVX-512", "AVX2", "portable");
    }

    private static async Task RunAgainAsync(string path, string variable, string value)
    {
        if (Environment.GetEnvironmentVariable(ExpectedPath) is not null)
            Assert.Skip("Already in a process held to one path.");
        var cancel = TestContext.Current.CancellationToken;
        var assembly = typeof(PathsTests).Assembly.Location;
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(assembly);
        foreach (var argument in new[] { "-namespace", typeof(PathsTests).Namespace!, "-noColor" })
            start.ArgumentList.Add(argument);
        start.Environment[ExpectedPath] = path;
        start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        process.ExitCode.ShouldBe(0, await output + await errors);

        // The child must have run the kernels' tests, and above all the one that compares its path with the expected one.
        var total = Regex.Match(await output, @"Total: (\d+), Errors: 0, Failed: 0, Skipped: (\d+)");
        total.Success.ShouldBeTrue(await output);
        int.Parse(total.Groups[1].Value).ShouldBeGreaterThan(100);
        int.Parse(total.Groups[2].Value).ShouldBeLessThan(6);
    }
}
