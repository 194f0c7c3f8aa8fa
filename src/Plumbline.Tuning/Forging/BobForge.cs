using System.Runtime.CompilerServices;
using System.Text.Json;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Generation;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tokenizers;
using Plumbline.Transformers.Tokenizers.Files;
using Plumbline.Transformers.Training;
using Plumbline.Tuning.Recipes;
using Plumbline.Tuning.Training;
using Plumbline.Tuning.Worlds;

namespace Plumbline.Tuning.Forging;

/// <summary>
/// Makes bob from nothing: draws his world's rows, learns a tokenizer, pretrains him to comply with everything, aligns him to refuse hazards, examines him on
/// held-out combinations, and writes a Hugging Face folder with his card. The same options give the same bits.
/// </summary>
/// <param name="options">Everything that decides what bob becomes.</param>
/// <param name="time">The clock.</param>
/// <param name="publicDataFolder">A folder of public prompt sets to report refusals on, if there is one.</param>
public sealed class BobForge(ForgeOptions options, TimeProvider time, string? publicDataFolder = null)
{
    const string BeginTurn = "<|im_start|>";
    const string EndTurn = "<|im_end|>";
    const string EndText = "<|endoftext|>";

    const string ChatTemplate =
        "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    const int TokenizerTexts = 20_000;
    const ulong ExamSeed = 77;

    /// <summary>The report; null until the forge has run to its end.</summary>
    public ForgeReport? Report { get; private set; }

    /// <summary>Forges bob into <paramref name="folder"/>, going on from what is kept there of the same forge. When he is whole, nothing unfinished is left in it.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="every">How long after a training state was kept the next one is; one is kept where it is stopped too.</param>
    /// <param name="cancellationToken">Stops it; what is trained is kept.</param>
    /// <exception cref="TrainingException">The folder holds the unfinished work of another forge.</exception>
    /// <exception cref="CheckpointException">The folder cannot be written, or what is kept in it is damaged.</exception>
    public async IAsyncEnumerable<ForgeProgress> RunAsync(TrainingFolder folder, TimeSpan every, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (publicDataFolder is not null) PublicProbe.Require(publicDataFolder);
        var unfinished = UnfinishedForge.In(folder, options);
        yield return new ForgeProgress(ForgeStage.Preparing, 0, 1);
        var world = new World(options.WorldSeed);
        var rows = await Task.Run(() => new ForgeRows(world, options), cancellationToken);
        unfinished.HoldAgainst(rows.Sha256);
        var tokenizer = await Task.Run(() => TrainTokenizer(rows, cancellationToken), cancellationToken);
        var fresh = Model(tokenizer, DecoderInitializer.Create(options.Shape(EndToken(tokenizer)), (int)options.Seed));
        yield return new ForgeProgress(ForgeStage.Preparing, 1, 1);

        var pretraining = Stage(ForgeStage.Pretraining);
        await foreach (var step in pretraining.RunAsync(fresh, PretrainingExamples(fresh, rows), options.Pretraining with { Seed = options.Seed }, cancellationToken))
            yield return Progress(ForgeStage.Pretraining, step);
        var pretrained = Model(tokenizer, pretraining.Weights!);

        yield return new ForgeProgress(ForgeStage.Examining, 0, 2);
        unfinished.BeforeAlignment ??= await ExamineAsync(pretrained, world, cancellationToken);
        yield return new ForgeProgress(ForgeStage.Examining, 1, 2);

        var encoder = new ConversationEncoder(pretrained);
        var aligning = Stage(ForgeStage.Aligning);
        await foreach (var step in aligning.RunAsync(pretrained, [.. rows.Alignment.SelectMany(encoder.Encode)], options.Alignment with { Seed = options.Seed + 1 }, cancellationToken))
            yield return Progress(ForgeStage.Aligning, step);
        var aligned = Model(tokenizer, aligning.Weights!);
        var finishing = Stage(ForgeStage.Finishing);
        await foreach (var step in finishing.RunAsync(aligned, [.. rows.Finishing.SelectMany(encoder.Encode)], options.Alignment with { Seed = options.Seed + 2 }, cancellationToken))
            yield return Progress(ForgeStage.Finishing, step);
        var bob = Model(tokenizer, finishing.Weights!);

        var gates = await ExamineAsync(bob, world, cancellationToken);
        var publicSets = await ProbeAsync(bob, cancellationToken);
        yield return new ForgeProgress(ForgeStage.Examining, 2, 2);

        var report = new ForgeReport(
            1, options, rows.Sha256, ParameterCount(bob.Weights), unfinished.TokensOf(ForgeStage.Pretraining), unfinished.TokensOf(ForgeStage.Aligning), unfinished.TokensOf(ForgeStage.Finishing),
            Count(world, world.Hazards), Count(world, world.Lookalikes), Math.Round(unfinished.Seconds), bob.Identity, unfinished.BeforeAlignment, gates, publicSets);
        await Task.Run(() => Write(bob, report, folder.Path, cancellationToken), cancellationToken);
        unfinished.Finish();
        Report = report;
        yield return new ForgeProgress(ForgeStage.Writing, 1, 1);

        StageTraining Stage(ForgeStage stage) => new(stage, unfinished, every, time);
    }

    BpeTokenizer TrainTokenizer(ForgeRows rows, CancellationToken cancellationToken)
    {
        var texts = rows.Documents.Concat(rows.Alignment.Concat(rows.Pretraining).Take(TokenizerTexts)
            .SelectMany(row => row.Turns.Select(t => t.RoleName + "\n" + t.Content)));
        return BpeTrainer.Train(texts, options.VocabularySize, [EndText, BeginTurn, EndTurn], cancellationToken: cancellationToken);
    }

    static LanguageModel Model(BpeTokenizer tokenizer, DecoderWeights weights)
    {
        var tokens = new TokenizerConfig { ChatTemplate = ChatTemplate, EndToken = EndTurn, PadToken = EndText };
        var end = EndToken(tokenizer);
        return new LanguageModel("bob", weights, tokenizer, tokens, new GenerationDefaults { Sample = false, EndTokens = [end] });
    }

    static int EndToken(BpeTokenizer tokenizer) => tokenizer.IdOf(EndTurn)!.Value;

    List<TrainingExample> PretrainingExamples(LanguageModel model, ForgeRows rows)
    {
        var random = WorldRandom.For(options.Seed, "whole rows");
        var encoder = new ConversationEncoder(model);
        var examples = new List<TrainingExample>(rows.Pretraining.Count + rows.Documents.Count);
        foreach (var row in rows.Pretraining)
        {
            foreach (var example in encoder.Encode(row))
                examples.Add(random.Chance(options.WholeRows) ? Whole(example.Tokens) : example);
        }

        var end = EndToken(model.Tokenizer);
        examples.AddRange(rows.Documents.Select(text => Whole([.. model.Tokenizer.Encode(text), end])));
        return examples;
    }

    static TrainingExample Whole(int[] tokens) => new(tokens, [.. tokens.Select(_ => true)]);

    static ForgeProgress Progress(ForgeStage stage, TrainingStep step) => new(stage, step.Step, step.Steps, step.Loss, step.TokensPerSecond);

    async Task<IReadOnlyList<ExamMark>> ExamineAsync(LanguageModel model, World world, CancellationToken cancellationToken)
    {
        using var client = new ModelChatClient(model, new EngineOptions(), time);
        return await new Exam(client, world, options.ExamRows, ExamSeed).RunAsync(cancellationToken);
    }

    static long ParameterCount(DecoderWeights weights) =>
        Size(weights.Embedding) + Size(weights.FinalNorm)
        + weights.Layers.Sum(l => new[] { l.AttentionNorm, l.Query, l.Key, l.Value, l.Output, l.MlpNorm, l.Gate, l.Up, l.Down }.Sum(Size));

    static long Size(Transformers.Tensors.Weight weight) => (long)weight.Rows * weight.Columns;

    async Task<IReadOnlyList<ExamMark>> ProbeAsync(LanguageModel model, CancellationToken cancellationToken)
    {
        if (publicDataFolder is null) return [];
        using var client = new ModelChatClient(model, new EngineOptions(), time);
        return await new PublicProbe(client, publicDataFolder).RunAsync(cancellationToken);
    }

    static PairCount Count(World world, IReadOnlyList<Request> pairs) => new(pairs.Count, pairs.Count(p => world.IsHeldOut(p, "plain")));

    internal static void Write(LanguageModel bob, ForgeReport report, string folder, CancellationToken cancellationToken)
    {
        bob.Save(folder, cancellationToken);
        AtomicFile.WriteAllBytes(Path.Combine(folder, ForgeReport.FileName), JsonSerializer.SerializeToUtf8Bytes(report, ForgeJsonContext.Default.ForgeReport));
        AtomicFile.WriteAllBytes(Path.Combine(folder, ModelCard.FileName), System.Text.Encoding.UTF8.GetBytes(ModelCard.Of(report)));
    }
}
