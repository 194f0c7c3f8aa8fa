namespace Plumbline.Attacks.Decoding;

/// <summary>The request at temperature 1 and several values of top-p.</summary>
sealed class TopPSweep : DecodingSweep
{
    public const string Name = "decoding_top_p";

    TopPSweep(string? value, IReadOnlyList<double> grid)
        : base(Name, value, grid)
    {
    }

    public override bool SetsTopP => true;

    protected override string Parameter => "top-p";

    /// <summary>Over four settings.</summary>
    public static TopPSweep Usual() => new(value: null, [0.25, 0.5, 0.75, 0.9]);

    /// <exception cref="AttackException">The values cannot be taken.</exception>
    public static TopPSweep Of(string value) => new(value, Read(Name, value, Twentieths, number => number is > 0 and <= 1, "above 0 and at most 1"));

    protected override DecodingSettings At(double value) => new(Temperature: 1, TopP: (float)value);
}
