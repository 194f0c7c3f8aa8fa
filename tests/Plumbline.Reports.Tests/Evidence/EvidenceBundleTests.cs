using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plumbline.Audits;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Evidence;
using Plumbline.Reports.Tests.Samples;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Reports.Tests.Evidence;

public sealed class EvidenceBundleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_written_is_found_whole_and_twice_the_same()
    {
        var bundle = await Bundle();

        var found = Check(bundle);
        found.Problems.ShouldBeEmpty();
        found.Manifest.RunId.ShouldBe(SampleAudit.Regressed(8).RunId);
        found.Manifest.Answers.ShouldBe("hashed");
        found.Manifest.Files.Select(file => file.Path).ShouldBe(["audit.json", "plan.json", "report.html", "report.junit.xml", "report.md"]);
        found.SignedBy.ShouldBeNull();
        (await Bundle()).ShouldBe(bundle);
    }

    [Fact]
    public async Task Unasked_it_holds_no_word_of_a_model_and_can_still_be_reported()
    {
        var bundle = await Bundle();
        foreach (var (_, content) in Contents(bundle))
        {
            content.ShouldNotContain("grey cube answer");
            content.ShouldNotContain("I can't help with that");
            content.ShouldNotContain("I can\\u0027t help with that");
        }

        var document = JsonSerializer.Deserialize(Contents(bundle)["audit.json"], AuditJsonContext.Default.AuditDocument)!;
        document.Cases[0].Baseline!.Response.ShouldBe(AnswerHash.Of(SampleAudit.Regressed(8).Cases[0].Baseline!.Response));
        document.Verdict.Sentence.ShouldBe(SampleAudit.Regressed(8).Verdict.Sentence);
        Contents(bundle).Keys.ShouldNotContain(name => name.StartsWith("journal", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asked_for_the_answers_and_the_journal_are_in_it()
    {
        var bundle = await Bundle(isWhole: true);
        Contents(bundle)["audit.json"].ShouldContain("grey cube answer");
        Contents(bundle)["journal/000001.jsonl"].ShouldBe("a journal\n");
        Check(bundle).Manifest.Answers.ShouldBe("whole");
        Check(bundle).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_key_of_a_curve_that_this_machine_does_not_know_is_refused()
    {
        using var known = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = known.ExportSubjectPublicKeyInfo();
        ReadOnlySpan<byte> curve = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
        key[key.AsSpan().IndexOf(curve) + curve.Length - 1] = 39;

        Should.Throw<EvidenceException>(() => EvidenceKey.Read(PemEncoding.WriteString("PUBLIC KEY", key), "key.pem")).Message.ShouldContain("key.pem is no elliptic-curve key");
    }

    /// <summary>Every byte of the container counts: contents, headers, times, the padding of the compression, the directory, the seal.</summary>
    [Fact]
    public async Task No_byte_can_be_changed_unseen()
    {
        using var key = Key();
        var bundle = await Bundle(key: key);
        var step = Math.Max(1, bundle.Length / 700);
        foreach (var place in Enumerable.Range(0, bundle.Length).Where(place => place % step == 0 || place > bundle.Length - 120))
        {
            var changed = (byte[])bundle.Clone();
            changed[place] ^= (byte)(1 << (place % 8));
            IsAccepted(changed).ShouldBeFalse($"byte {place} of {bundle.Length}");
        }
    }

    [Theory]
    [InlineData("audit.json")]
    [InlineData("plan.json")]
    [InlineData("report.html")]
    public async Task A_changed_file_is_told_by_its_name(string name)
    {
        var changed = Rewritten(await Bundle(), entries => entries[name] = [.. entries[name], (byte)' ']);
        Check(changed).Problems.ShouldBe([$"{name} was changed: its content is not the one in the manifest."]);
    }

    [Fact]
    public async Task A_missing_and_an_added_file_are_told()
    {
        Check(Rewritten(await Bundle(), entries => entries.Remove("plan.json"))).Problems.ShouldBe(["plan.json is missing."]);
        Check(Rewritten(await Bundle(), entries => entries["extra.txt"] = [1])).Problems.ShouldBe(["extra.txt is not in the manifest: it was added."]);
    }

    [Fact]
    public async Task A_signature_is_checked_with_the_key_that_is_given()
    {
        using var key = Key();
        using var other = Key();
        var bundle = await Bundle(key: key);
        using var known = EvidenceKey.Read(key.PublicPem, "key");

        var unasked = Check(bundle);
        (unasked.SignedBy, unasked.IsKnownSigner).ShouldBe((key.Fingerprint, false));
        var asked = Check(bundle, known);
        (asked.Problems.Count, asked.SignedBy, asked.IsKnownSigner).ShouldBe((0, key.Fingerprint, true));
        Check(bundle, other).Problems.ShouldHaveSingleItem().ShouldStartWith("The bundle is signed by another key than the one given");
        Check(await Bundle(), known).Problems.ShouldBe(["The bundle is not signed."]);
    }

    /// <summary>A forger who changes a file, its hash in the manifest and the seal still lacks the key.</summary>
    [Fact]
    public async Task A_forged_manifest_does_not_fit_the_signature()
    {
        using var key = Key();
        var forged = Rewritten(await Bundle(key: key), entries =>
        {
            var before = Convert.ToHexStringLower(SHA256.HashData(entries["report.md"]));
            entries["report.md"] = [.. "Held"u8];
            entries["manifest.json"] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(entries["manifest.json"])
                .Replace(before, Convert.ToHexStringLower(SHA256.HashData(entries["report.md"])), StringComparison.Ordinal));
        });
        Check(forged).Problems.ShouldContain("manifest.json or manifest.sig was changed: the signature does not fit.");
    }

    [Fact]
    public void What_is_no_bundle_or_no_key_is_told()
    {
        Should.Throw<EvidenceException>(() => Check([1, 2, 3])).Message.ShouldContain("is no zip file");
        var empty = new MemoryStream();
        using (new ZipArchive(empty, ZipArchiveMode.Create, leaveOpen: true))
        {
        }

        Should.Throw<EvidenceException>(() => Check(empty.ToArray())).Message.ShouldContain("no manifest.json");
        Should.Throw<EvidenceException>(() => EvidenceKey.Read("not a key", "k.pem")).Message.ShouldContain("k.pem is no elliptic-curve key");
        using var rsa = RSA.Create(2048);
        Should.Throw<EvidenceException>(() => EvidenceKey.Read(rsa.ExportRSAPrivateKeyPem(), "rsa.pem"));
        using var key = Key();
        using var half = EvidenceKey.Read(key.PublicPem, "public");
        Should.Throw<EvidenceException>(() => half.Sign([1])).Message.ShouldContain("public one");
    }

    private static EvidenceKey Key()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return EvidenceKey.Read(pair.ExportPkcs8PrivateKeyPem(), "test");
    }

    private static bool IsAccepted(byte[] bundle)
    {
        try
        {
            return Check(bundle).Problems.Count == 0;
        }
        catch (EvidenceException)
        {
            return false;
        }
    }

    private static EvidenceReport Check(byte[] bundle, EvidenceKey? key = null) =>
        EvidenceCheck.Run(new MemoryStream(bundle), "run.zip", key, TestContext.Current.CancellationToken);

    private static Dictionary<string, string> Contents(byte[] bundle) => Entries(bundle).ToDictionary(entry => entry.Key, entry => Encoding.UTF8.GetString(entry.Value));

    private static Dictionary<string, byte[]> Entries(byte[] bundle)
    {
        using var zip = new ZipArchive(new MemoryStream(bundle));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return memory.ToArray();
        });
    }

    /// <summary>The bundle with other entries, sealed anew: what a careful forger makes of it.</summary>
    private static byte[] Rewritten(byte[] bundle, Action<Dictionary<string, byte[]>> change)
    {
        var entries = Entries(bundle);
        change(entries);
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        ContainerSeal.Set(stream);
        return stream.ToArray();
    }

    private async Task<byte[]> Bundle(bool isWhole = false, EvidenceKey? key = null)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "journal"));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "plan.json"), "{}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "journal", "000001.jsonl"), "a journal\n", TestContext.Current.CancellationToken);
        var stream = new MemoryStream();
        await EvidenceBundle.WriteAsync(SampleAudit.Regressed(8), _folder.Path, isWhole, key, stream, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }
}
