namespace Plumbline.Attacks.Decoding;

/// <summary>The request at temperature 1 and several values of top-k.</summary>
sealed class TopKSweep : DecodingSweep
{
    public const string Name = "decoding_top_k";

    TopKSweep(string? value, IReadOnlyList<double> grid)
        : base(Name, value, grid)
    {
    }

    public override bool SetsTopK => true;

    protected override string Parameter => "top-k";

    /// <summary>Over four settings.</summary>
    public static TopKSweep Usual() => new(value: null, [2, 10, 50, 200]);

    /// <exception cref="AttackException">The values cannot be taken.</exception>
    public static TopKSweep Of(string value) => new(value, Read(Name, value, [1, 2, 5, 10, 20, 50, 100, 200, 500], number => number is >= 1 and <= 1_000_000 && number == Math.Truncate(number), "that are whole and from 1 to 1000000"));

    protected override DecodingSettings At(double value) => new(Temperature: 1, TopK: (int)value);
}
