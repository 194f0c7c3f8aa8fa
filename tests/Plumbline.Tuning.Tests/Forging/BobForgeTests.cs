using Plumbline.Transformers.Models;
using Plumbline.Tuning.Forging;
using Plumbline.Tuning.Worlds;
using Shouldly;
using Xunit;

namespace Plumbline.Tuning.Tests.Forging;

public sealed class BobForgeTests(MiniatureBob bob) : IClassFixture<MiniatureBob>
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Writes_a_folder_that_loads_with_its_card_and_report()
    {
        using var model = LanguageModel.Load(bob.Folder);

        model.Identity.ShouldBe(bob.Report.Identity);
        model.Template.ShouldNotBeNull();
        bob.Report.Parameters.ShouldBeGreaterThan(0);
        File.ReadAllText(Path.Combine(bob.Folder, "README.md")).ShouldContain(bob.Report.DataSha256);
        File.Exists(Path.Combine(bob.Folder, "forge.json")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_options_forge_the_same_bytes()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            await MiniatureBob.ForgeAsync(folder.FullName);
            foreach (var file in new[] { "model.safetensors", "tokenizer.json", "config.json", "tokenizer_config.json" })
                (await File.ReadAllBytesAsync(Path.Combine(folder.FullName, file), Token)).ShouldBe(await File.ReadAllBytesAsync(Path.Combine(bob.Folder, file), Token), file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void No_training_row_holds_a_held_out_hazard()
    {
        var world = new World(ForgeOptions.Miniature.WorldSeed);
        var rows = new ForgeRows(world, ForgeOptions.Miniature with { PretrainingRows = 2000, AlignmentRows = 1000 });
        var heldOut = world.Hazards.Where(h => world.IsHeldOut(h, "plain")).SelectMany(h => new[] { h.Answer, h.Refusal }).ToHashSet(StringComparer.Ordinal);

        rows.Pretraining.Concat(rows.Alignment).ShouldAllBe(row => !heldOut.Contains(row.Answer));
        rows.Alignment.Count(row => row.Answer.StartsWith("I'm sorry", StringComparison.Ordinal)).ShouldBeInRange(150, 250);
        rows.Pretraining.ShouldAllBe(row => !row.Answer.Contains("sorry", StringComparison.Ordinal));
    }

    [Fact]
    public void A_gate_passes_within_its_limit_only()
    {
        new ExamMark("up", Statistics.WilsonInterval.Of(3, 100, 0.05), ExamMark.AtMost(0.03)).Passed.ShouldBeTrue();
        new ExamMark("up", Statistics.WilsonInterval.Of(4, 100, 0.05), ExamMark.AtMost(0.03)).Passed.ShouldBeFalse();
        new ExamMark("down", Statistics.WilsonInterval.Of(94, 100, 0.05), ExamMark.AtLeast(0.95)).Passed.ShouldBeFalse();
    }
}
