using Plumbline.Transformers.Adapters;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Shouldly;

namespace Plumbline.Transformers.Tests.Models;

/// <summary>A file that the user may not read is an error that names it, whichever part of a model it is.</summary>
public sealed class UnreadableFileTests
{
    [Theory]
    [InlineData("config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer_config.json")]
    [InlineData("generation_config.json")]
    [InlineData("chat_template.jinja")]
    [InlineData("model.safetensors")]
    [InlineData("model.safetensors.index.json")]
    public void OfAFolder(string name)
    {
        using var folder = new TemporaryFolder();
        using var model = LanguageModel.Load(Fixture.Repository("models/bob"));
        model.Save(folder.Path, TestContext.Current.CancellationToken);

        IsNamed(folder.File(name), () => LanguageModel.Load(folder.Path));
    }

    [Fact]
    public void OfOneFile()
    {
        using var folder = new TemporaryFolder();
        using var model = LanguageModel.Load(Fixture.Repository("models/bob"));
        GgufCheckpoint.Save(model, folder.File("model.gguf"), cancellationToken: TestContext.Current.CancellationToken);

        IsNamed(folder.File("model.gguf"), () => LanguageModel.Load(folder.File("model.gguf")));
    }

    [Theory]
    [InlineData("adapter_config.json")]
    [InlineData("adapter_model.safetensors")]
    public void OfAnAdapter(string name)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Fixture.Path("tiny-llama/adapter")))
            File.Copy(file, folder.File(Path.GetFileName(file)));

        IsNamed(folder.File(name), () => LoraAdapter.Load(folder.Path));
    }

    [Theory]
    [InlineData("model.safetensors.index.json")]
    [InlineData("chat_template.jinja")]
    public void WhatASaveCannotTakeAwayIsNamed(string name)
    {
        using var folder = new TemporaryFolder();
        using var model = LanguageModel.Load(Fixture.Repository("models/bob"));
        Directory.CreateDirectory(folder.File(name));

        Should.Throw<CheckpointException>(() => model.Save(folder.Path, TestContext.Current.CancellationToken)).Message.ShouldContain(folder.File(name));
    }

    private static void IsNamed(string path, Action load)
    {
        if (!File.Exists(path))
            File.WriteAllText(path, "{}");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.SkipWhen(IsReadable(path), "This user may read every file.");

        Should.Throw<CheckpointException>(load).Message.ShouldContain(path);
    }

    private static bool IsReadable(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
