using Plumbline.Bench;
using Plumbline.Bench.Kills;
using Plumbline.Bench.Statistics;

return args switch
{
    ["matmul", .. var rest] => MatmulVerb.Run(rest),
    ["generate", .. var rest] => await GenerateVerb.RunAsync(rest),
    ["cold-start", .. var rest] => await ColdStartVerb.RunAsync(rest),
    ["weights", .. var rest] => WeightsVerb.Run(rest),
    ["train", .. var rest] => await TrainVerb.RunAsync(rest),
    ["pacer", .. var rest] => await PacerVerb.RunAsync(rest),
    ["pacer-parts", .. var rest] => await PacerPartsVerb.RunAsync(rest),
    ["beside", .. var rest] => await BesideVerb.RunAsync(rest),
    ["kills", .. var rest] => await KillsVerb.RunAsync(rest),
    ["scale", .. var rest] => await ScaleVerb.RunAsync(rest),
    ["report", .. var rest] => await ReportSizeVerb.RunAsync(rest),
    ["train-parts", .. var rest] => TrainPartsVerb.Run(rest),
    ["statistics", .. var rest] => StatisticsVerb.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: bench/run VERB [options]
          matmul [--threads N] [--rounds N]   matrix products against the processor's multiply-add peak
          weights [--threads N] [--rounds N]  products with stored weights, as in generation
          train [--threads N] [--steps N] [--only NAME] [--peer yes|no] [--clock wall|cpu]   training beside PyTorch
          train-parts [--threads N] [--rounds N] [--clock wall|cpu]   where the time of a training step goes
          generate [--model bob|135m|PATH] [--streams 1,32] [--prompt N] [--tokens N] [--threads N] [--rounds N] [--peer SCRIPT] [--cache F32|F16]
                                              greedy tokens per second; beside llama.cpp, with bench/peers/llama-cpp/generate.mjs
          pacer [--calls N] [--latency MS] [--concurrency 4,20,100,256] [--rounds N] [--faults yes|no] [--folder PATH]
                                              whole audits over HTTP, journal on disk, against the time that the latency sets
          pacer-parts [--calls N] [--concurrency N] [--latency MS] [--rounds N]   where a call's processor time goes
          beside --plumb PATH --peer PATH [--calls N] [--rows 4x50,20x50,100x50,256x50,1024x5] [--rounds N]
                                              whole commands beside promptfoo's; see bench/peers/promptfoo/run
          kills [--cases N] [--concurrency N] [--kills N] [--seed N] [--faults yes|no] [--judge PROTOCOL] [--rounds N] [--longest MS] [--latency MS] [--timeout S] [--on-the-way N] [--plumb PATH]
                                              plumb audit of two models with a third as the judge: as it is, among faults, and killed at random moments and
                                              resumed; whether all three come to the same, and what was asked again
          scale [--cases N] [--latency MS] [--concurrency N] [--rounds N] [--folder PATH] [--keep yes|no] [--plumb PATH]
                                              a long run, opened again, and its report: seconds and memory; with --plumb the commands themselves, too
          report [--cases N] [--rounds N] [--folder PATH]   an invented audit in every format: seconds, file size, memory
          cold-start [--model 135m|PATH] [--rounds N]   a mapped model's first text, and its memory
          statistics [--runs N] [--seed N] [--only coverage|clusters|held|levels|tests|many|labels|sequential]
                                              simulated audits with known truths: coverage, error rates, power, and what stopping early saves
        """);
    return 2;
}
