using System.Globalization;
using Microsoft.Extensions.AI;

namespace Plumbline.Attacks.Decoding;

/// <summary>The plain request, drawn at each of several settings of one decoding parameter.</summary>
abstract class DecodingSweep : IAttack
{
    /// <summary>The value that stands for the settings of the paper.</summary>
    public const string PaperGrid = "paper";

    readonly IReadOnlyList<double> grid;

    protected DecodingSweep(string name, string? value, IReadOnlyList<double> grid)
    {
        Id = value is null ? name : $"{name}:{value}";
        this.grid = grid;
    }

    public string Id { get; }

    public FailureMode Mode => FailureMode.MismatchedGeneralisation;

    public string Description => $"The request as it is, at {Parameter} {string.Join(", ", grid.Select(Text))}.";

    public string Source => Published.Generation;

    public bool DrawsAtRandom => true;

    public virtual bool SetsTopP => false;

    public virtual bool SetsTopK => false;

    public int CasesPerPrompt => grid.Count;

    /// <summary>The parameter in words.</summary>
    protected abstract string Parameter { get; }

    /// <summary>The settings at a value of the parameter.</summary>
    protected abstract DecodingSettings At(double value);

    public IReadOnlyList<ChatMessage> Apply(string prompt) => [new(ChatRole.User, prompt)];

    public IReadOnlyList<AttackVariant> Variants(string prompt) =>
        [.. grid.Select((value, i) => new AttackVariant(Apply(prompt), $"{Parameter} {Text(value)}", At(value) with { SeedShift = 1000 * (i + 1) }))];

    /// <summary>Twenty steps of 0.05 up to 1.</summary>
    protected static IReadOnlyList<double> Twentieths { get; } = [.. Enumerable.Range(1, 20).Select(step => step / 20.0)];

    /// <summary>Reads a list of numbers, or the paper's.</summary>
    /// <exception cref="AttackException">One is no number, outside the range, or twice there.</exception>
    protected static IReadOnlyList<double> Read(string name, string value, IReadOnlyList<double> paper, Func<double, bool> holds, string range)
    {
        if (value == PaperGrid)
            return paper;

        var numbers = new List<double>();
        foreach (var part in value.Split(','))
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || !holds(number))
                throw new AttackException($"The attack '{name}:{value}' cannot be: it takes numbers {range}, with commas between them, or '{PaperGrid}' for the {paper.Count} settings of its source.");
            if (numbers.Contains(number))
                throw new AttackException($"The attack '{name}:{value}' has {part} twice. To ask a prompt several times, use --repeats.");
            numbers.Add(number);
        }

        return numbers;
    }

    static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
