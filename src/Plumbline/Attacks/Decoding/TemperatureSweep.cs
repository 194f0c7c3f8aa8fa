namespace Plumbline.Attacks.Decoding;

/// <summary>The request at several temperatures.</summary>
sealed class TemperatureSweep : DecodingSweep
{
    public const string Name = "decoding_temperature";

    TemperatureSweep(string? value, IReadOnlyList<double> grid)
        : base(Name, value, grid)
    {
    }

    protected override string Parameter => "temperature";

    /// <summary>Over four settings.</summary>
    public static TemperatureSweep Usual() => new(value: null, [0.25, 0.5, 0.75, 1]);

    /// <exception cref="AttackException">The values cannot be taken.</exception>
    public static TemperatureSweep Of(string value) => new(value, Read(Name, value, Twentieths, number => number is > 0 and <= 2, "above 0 and at most 2"));

    protected override DecodingSettings At(double value) => new(Temperature: (float)value);
}
