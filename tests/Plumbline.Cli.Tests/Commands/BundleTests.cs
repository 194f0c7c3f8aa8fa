using System.Security.Cryptography;
using Plumbline.Audits;
using Plumbline.Reports.Tests.Samples;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>A run as one file, checked as whoever gets it would.</summary>
public sealed class BundleTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_signed_bundle_is_verified_and_a_changed_one_is_not()
    {
        AuditFile.Write(_workspace.Path("audit.json"), SampleAudit.Regressed(20));
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = _workspace.File("key.pem", pair.ExportECPrivateKeyPem());
        var publicKey = _workspace.File("key.pub.pem", pair.ExportSubjectPublicKeyInfoPem());
        var zip = _workspace.Path("run.zip");

        var written = await PlumbProcess.RunAsync("report", "bundle", _workspace.Path("audit.json"), "-o", zip, "--sign", key);
        written.Code.ShouldBe(0, written.Errors);
        written.Output.ShouldContain("It holds no answer");

        var held = await File.ReadAllBytesAsync(zip, TestContext.Current.CancellationToken);
        var overAgain = await PlumbProcess.RunAsync("report", "bundle", _workspace.Path("audit.json"), "-o", zip);
        overAgain.Code.ShouldBe(2, overAgain.Output);
        overAgain.Errors.ShouldContain("exists already");
        (await File.ReadAllBytesAsync(zip, TestContext.Current.CancellationToken)).ShouldBe(held);

        var checkedWell = await PlumbProcess.RunAsync("report", "verify", zip, "--public-key", publicKey);
        checkedWell.Code.ShouldBe(0, checkedWell.Errors);
        checkedWell.Output.ShouldContain("every byte as it was written");
        checkedWell.Output.ShouldContain("Signed by the key given");

        var bytes = await File.ReadAllBytesAsync(zip, TestContext.Current.CancellationToken);
        bytes[200] ^= 1;
        await File.WriteAllBytesAsync(zip, bytes, TestContext.Current.CancellationToken);
        var changed = await PlumbProcess.RunAsync("report", "verify", zip);
        changed.Code.ShouldBe(1, changed.Errors);
        changed.Output.ShouldContain("audit.json was changed");
    }

    [Fact]
    public async Task What_is_no_bundle_or_no_key_is_bad_input()
    {
        var file = _workspace.File("x.zip", "no zip");
        (await PlumbProcess.RunAsync("report", "verify", file)).Code.ShouldBe(2);
        AuditFile.Write(_workspace.Path("audit.json"), SampleAudit.Held(3));
        var result = await PlumbProcess.RunAsync("report", "bundle", _workspace.Path("audit.json"), "-o", _workspace.Path("out.zip"), "--sign", file);
        result.Code.ShouldBe(2);
        result.Errors.ShouldContain("is no elliptic-curve key");
        File.Exists(_workspace.Path("out.zip")).ShouldBeFalse();
    }

    public void Dispose() => _workspace.Dispose();
}
