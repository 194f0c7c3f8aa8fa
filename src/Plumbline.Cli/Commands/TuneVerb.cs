using System.CommandLine;
using System.Globalization;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Configuration.Values;
using Plumbline.Providers.Models;
using Plumbline.Reports.Text;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Training;
using Plumbline.Tuning.Recipes;
using Plumbline.Tuning.Training;

namespace Plumbline.Cli.Commands;

/// <summary>Fine-tunes a local model.</summary>
internal sealed class TuneVerb : Verb
{
    private const double LongestInterval = 1_000_000;

    private readonly Option<string> _model = new("--model") { Description = "bob, a checkpoint folder or a GGUF file, with +ADAPTER if need be.", HelpName = "MODEL", Required = true };
    private readonly Option<string> _data = new("--data") { Description = "OpenAI chat JSONL, or Alpaca JSON.", HelpName = "FILE", Required = true };
    private readonly Option<string> _recipe = new("--recipe") { Description = "lora trains an adapter, full trains every weight; what no option below sets is the recipe's own.", HelpName = "NAME", DefaultValueFactory = _ => "lora" };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The folder for the adapter or checkpoint.", HelpName = "DIR", Required = true };
    private readonly Option<double> _checkpointEvery = new("--checkpoint-every") { Description = "Seconds between two training states in DIR/unfinished, from which the same command goes on; 0: after every step.", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };
    private readonly Option<bool> _fresh = new("--fresh") { Description = "Start over instead of going on with what is unfinished in DIR." };
    private readonly Option<int?> _epochs = new("--epochs") { Description = "Times through the data.", HelpName = "N" };
    private readonly Option<int?> _steps = new("--steps") { Description = "Optimizer steps, instead of --epochs.", HelpName = "N" };
    private readonly Option<int?> _batch = new("--batch-size") { Description = "Rows a batch.", HelpName = "N" };
    private readonly Option<int?> _accumulation = new("--accumulation") { Description = "Batches a step.", HelpName = "N" };
    private readonly Option<double?> _rate = new("--learning-rate") { Description = "Highest learning rate.", HelpName = "RATE" };
    private readonly Option<string?> _schedule = new("--schedule") { Description = "What follows the warm-up: cosine, linear or constant.", HelpName = "NAME" };
    private readonly Option<double?> _warmUp = new("--warm-up") { Description = "Share of the steps in which the rate rises.", HelpName = "SHARE" };
    private readonly Option<double?> _decay = new("--weight-decay") { Description = "Decoupled weight decay.", HelpName = "X" };
    private readonly Option<double?> _clip = new("--clip") { Description = "Longest the gradient may be.", HelpName = "NORM" };
    private readonly Option<int?> _rank = new("--lora-rank") { Description = "Inner width of the adapters.", HelpName = "N" };
    private readonly Option<float?> _alpha = new("--lora-alpha") { Description = "The adapters count alpha / rank times.", HelpName = "X" };
    private readonly Option<float?> _dropout = new("--lora-dropout") { Description = "Dropout in front of the adapters.", HelpName = "P" };
    private readonly Option<string[]> _targets = new("--lora-targets") { Description = "Which projections, such as q_proj,v_proj. Default: all linear layers.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
    private readonly Option<ulong?> _seed = new("--seed") { Description = "Seed of order, first adapter values and dropout.", HelpName = "N" };
    private readonly Option<int?> _maxLength = new("--max-length") { Description = "Tokens after which a row is cut.", HelpName = "N" };
    private readonly Option<int?> _threads = new("--threads") { Description = "Threads; does not change the result.", HelpName = "N" };

    public TuneVerb()
        : base(
            "tune",
            "Fine-tune a local model on your data, in process.",
            "plumb tune --model bob --data rows.jsonl --recipe lora -o tuned",
            "plumb tune --model ./llama --data alpaca.json --recipe lora --lora-rank 16 --epochs 3 -o tuned",
            "plumb tune --model ./llama --data rows.jsonl --recipe full --learning-rate 1e-5 -o tuned")
    {
        Option[] options =
        [
            _model, _data, _recipe, _output, _checkpointEvery, _fresh, _epochs, _steps, _batch, _accumulation, _rate, _schedule, _warmUp, _decay, _clip,
            _rank, _alpha, _dropout, _targets, _seed, _maxLength, _threads,
        ];
        foreach (var option in options) Options.Add(option);
    }

    /// <summary>The flags by the names that the engine has for what they set.</summary>
    private Dictionary<string, Option> Flags => new(StringComparer.Ordinal)
    {
        ["Epochs"] = _epochs,
        ["Steps"] = _steps,
        ["BatchSize"] = _batch,
        ["Accumulation"] = _accumulation,
        ["LearningRate"] = _rate,
        ["WarmUpRatio"] = _warmUp,
        ["WeightDecay"] = _decay,
        ["ClipNorm"] = _clip,
        ["MaxLength"] = _maxLength,
        ["Threads"] = _threads,
        ["Lora.Rank"] = _rank,
        ["Lora.Alpha"] = _alpha,
        ["Lora.Dropout"] = _dropout,
        ["Lora.Targets"] = _targets,
    };

    public override string AfterInterruption => "Every step of training that was done is kept: run the same command again to go on. The result will be the same as without the interruption.";

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var recipe = Recipe(arguments);
        var every = TimeSpan.FromSeconds(InRange(arguments, _checkpointEvery, value => value is >= 0 and <= LongestInterval, "0 to 1000000"));
        var target = Target(arguments.GetValue(_output), "-o");
        var reference = LocalModel.Parse(arguments.GetValue(_model)!);
        using var model = ModelOpener.Load(reference);
        using var tune = await PrepareAsync(model, arguments.GetValue(_data)!, recipe, screen, cancellationToken);
        using var held = TrainingFolder.Open(target, TrainingWork.FineTune);
        if (arguments.GetValue(_fresh)) held.Discard();
        tune.Resume(held);
        screen.Note($"{Numbers.Count(tune.Dataset.Rows, "row")}, {Numbers.Thousands(tune.Dataset.LearnedTokens)} tokens to learn; {Numbers.Thousands(tune.TrainableParameters)} values to train; {Numbers.Count(tune.Steps, "step")}");
        if (tune.StepsDone > 0) screen.Note(string.Create(CultureInfo.InvariantCulture, $"Going on after step {tune.StepsDone}, the last that was kept."));

        await screen.ProgressAsync("tuning", "steps", pace => TrainAsync(tune, held, every, pace, cancellationToken));
        var document = await tune.SaveAsync(held, cancellationToken);

        screen.Line($"Tuned {reference.Text} in {Pace.Duration(TimeSpan.FromSeconds(document.Seconds))}: {LossWords.Of(document.FirstLoss, document.LastLoss)} over {Numbers.Count(document.Steps, "step")}.");
        TellNext(screen, reference, recipe, Path.TrimEndingDirectorySeparator(target));
        return ExitCode.Fine;
    }

    /// <summary>Names the result, and the command that audits it.</summary>
    private static void TellNext(Screen screen, LocalModelReference reference, Recipe recipe, string folder)
    {
        var isAdapter = recipe.Options.Lora is not null;
        // An adapter of an adapted model fits that model merged, and only two parts can be named in one string.
        var mergesFirst = isAdapter && reference.Adapter is not null;
        var start = mergesFirst ? folder + "-base" : reference.Text;
        var tuned = isAdapter ? $"{start}+{folder}" : folder;
        screen.Line($"The result is {tuned}{(mergesFirst ? $", where {start} is {reference.Text} merged" : "")}. Audit it:");
        if (mergesFirst) screen.Whole($"  plumb model convert {ShellWord.Of(reference.Text)} {ShellWord.Of(start)}");
        screen.Whole($"  plumb audit --baseline {ShellWord.Of(start)} --candidate {ShellWord.Of(tuned)} --suite jailbreak-250 -o {ShellWord.Of(folder + "-audit")}");
    }

    /// <summary>Reads the data and checks the options against data and model; what is out of range is told by the flag that gives it.</summary>
    private async Task<FineTune> PrepareAsync(LanguageModel model, string data, Recipe recipe, Screen screen, CancellationToken cancellationToken)
    {
        try
        {
            return await FineTune.PrepareAsync(model, data, recipe, screen.Time, cancellationToken);
        }
        catch (TrainingException exception) when (exception.Option is { } option && Flags.TryGetValue(option, out var flag))
        {
            throw new UsageException($"{flag.Name} {exception.Complaint}");
        }
    }

    private static async Task<int> TrainAsync(FineTune tune, TrainingFolder folder, TimeSpan every, Pace pace, CancellationToken cancellationToken)
    {
        pace.Report(tune.StepsDone, tune.Steps);
        await foreach (var step in tune.RunAsync(folder, every, cancellationToken))
            pace.Report(step.Step, step.Steps, LossWords.Of(step.Loss));
        return tune.Steps;
    }

    private Recipe Recipe(ParseResult arguments)
    {
        var name = arguments.GetValue(_recipe)!;
        var recipe = RecipeCatalog.All.FirstOrDefault(one => one.Name == name) ?? throw NearestName.Unknown("recipe", name, RecipeCatalog.All.Select(one => one.Name));
        var options = recipe.Options;
        return recipe with
        {
            Options = options with
            {
                Epochs = arguments.GetValue(_epochs) ?? options.Epochs,
                Steps = arguments.GetValue(_steps) ?? options.Steps,
                BatchSize = arguments.GetValue(_batch) ?? options.BatchSize,
                Accumulation = arguments.GetValue(_accumulation) ?? options.Accumulation,
                LearningRate = arguments.GetValue(_rate) ?? options.LearningRate,
                Schedule = Schedule(arguments) ?? options.Schedule,
                WarmUpRatio = arguments.GetValue(_warmUp) ?? options.WarmUpRatio,
                WeightDecay = arguments.GetValue(_decay) ?? options.WeightDecay,
                ClipNorm = arguments.GetValue(_clip) ?? options.ClipNorm,
                Seed = arguments.GetValue(_seed) ?? options.Seed,
                MaxLength = arguments.GetValue(_maxLength) ?? options.MaxLength,
                Threads = arguments.GetValue(_threads) ?? options.Threads,
                Lora = options.Lora is { } lora ? Lora(arguments, lora) : NoLora(arguments),
            },
        };
    }

    private LearningRateSchedule? Schedule(ParseResult arguments) =>
        NamedValue.Choose<LearningRateSchedule>("schedule", arguments.GetValue(_schedule), schedule => schedule.ToString().ToLowerInvariant());

    private LoraOptions Lora(ParseResult arguments, LoraOptions lora) => lora with
    {
        Rank = arguments.GetValue(_rank) ?? lora.Rank,
        Alpha = arguments.GetValue(_alpha) ?? lora.Alpha,
        Dropout = arguments.GetValue(_dropout) ?? lora.Dropout,
        Targets = arguments.GetValue(_targets) is { Length: > 0 } targets ? [.. targets.SelectMany(ListText.Split)] : lora.Targets,
    };

    private LoraOptions? NoLora(ParseResult arguments)
    {
        Option[] meaningless = [_rank, _alpha, _dropout, _targets];
        return meaningless.FirstOrDefault(option => arguments.GetResult(option) is { Implicit: false }) is { } given
            ? throw new UsageException($"{given.Name} is for --recipe lora; this recipe trains every weight.")
            : null;
    }
}
