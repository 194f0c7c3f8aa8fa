using Plumbline.Bench;

return args switch
{
    ["matmul", .. var rest] => MatmulVerb.Run(rest),
    ["weights", .. var rest] => WeightsVerb.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: bench/run VERB [options]
          matmul [--threads N] [--rounds N]   matrix products against the processor's multiply-add peak
          weights [--threads N] [--rounds N]  products with stored weights, as in generation
        """);
    return 2;
}
