using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;
using Plumbline.Transformers.Kernels.Simd;
using Shouldly;

namespace Plumbline.Transformers.Tests.Kernels;

/// <summary>Runs this folder's other tests again in processes that the runtime's switches hold to a lower path.</summary>
public sealed class PathsTests
{
    private const string ExpectedPath = "PLUMBLINE_TEST_EXPECTED_PATH";

    [Fact]
    public async Task The_portable_path_passes_the_same_tests() => await RunAgainAsync("portable", "EnableAVX2");

    [Fact]
    public async Task The_portable_path_passes_without_any_hardware_intrinsics() => await RunAgainAsync("portable", "EnableHWIntrinsic");

    [Fact]
    public async Task The_AVX2_path_passes_the_same_tests()
    {
        Assert.SkipUnless(Isa.IsAvx2, "This processor has no AVX2 with FMA: only the portable path can be tested here.");
        await RunAgainAsync("AVX2", "EnableAVX512");
    }

    [Fact]
    public void The_AVX_512_path_is_the_one_under_test()
    {
        Assert.SkipUnless(
            Vector512.IsHardwareAccelerated, "This processor has no AVX-512: its path is compiled, but untested here.");
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

    private static async Task RunAgainAsync(string path, string offSwitch)
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
        start.Environment["DOTNET_" + offSwitch] = "0";
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
